namespace Descent.Studies.Lint;

/// <summary>A confound that can be seen from a study's plan or from its results.</summary>
/// <param name="code">Lower case with hyphens: what <c>waive</c> takes.</param>
/// <param name="severity">How much it harms.</param>
/// <param name="reason">Why it makes a comparison untrue, one sentence.</param>
/// <param name="fix">What to do, one sentence.</param>
public abstract class LintRule(string code, Severity severity, string reason, string fix)
{
    public string Code { get; } = code;

    public Severity Severity { get; } = severity;

    public string Reason { get; } = reason;

    public string Fix { get; } = fix;

    /// <summary>What of it the study shows, one sentence with the numbers; null for nothing.</summary>
    public abstract string? See(LintSubject subject);
}
