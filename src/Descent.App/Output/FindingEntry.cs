using Descent.Studies.Lint;

namespace Descent.App.Output;

/// <summary>A confound as <c>lint --json</c> prints it, and within other objects.</summary>
/// <param name="Waiver">Why it is accepted; null where it is not waived.</param>
sealed record FindingEntry(string Code, Severity Severity, string Seen, string Reason, string Fix, bool IsWaived, string? Waiver)
{
    public static FindingEntry Of(Finding x) => new(x.Rule.Code, x.Rule.Severity, x.Seen, x.Rule.Reason, x.Rule.Fix, x.IsWaived, x.Waiver);
}
