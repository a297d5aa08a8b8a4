using Descent.Studies.Lint;

namespace Descent.Studies.Comparisons.Sections;

/// <summary>What may make a comparison untrue.</summary>
public static class ConfoundsSection
{
    public static PageSection Of(IReadOnlyList<Finding> findings) => findings.Count == 0 ? new("Confounds", "None was found.")
        : new("Confounds", $"{Summary(findings)}. Each with its reason and a remedy: descent lint.", [new("Severity", false), new("Code", false), new("Seen", false)],
            [.. findings.Select(finding => (IReadOnlyList<string>)[Word(finding), finding.Rule.Code, finding.Seen + (finding.Waiver is { Length: > 0 } why ? $" Waived: {why}" : "")])]);

    /// <summary><c>1 error, 2 warnings, 1 waived</c>.</summary>
    public static string Summary(IReadOnlyList<Finding> findings)
    {
        int errors = Count(Severity.Error), warnings = Count(Severity.Warning), waived = findings.Count(finding => finding.IsWaived);
        return $"{Verdict.Count(errors, "error")}, {Verdict.Count(warnings, "warning")}{(waived > 0 ? $", {waived} waived" : "")}";

        int Count(Severity severity) => findings.Count(finding => !finding.IsWaived && finding.Rule.Severity == severity);
    }

    /// <summary>error, warning or waived.</summary>
    public static string Word(Finding finding) => finding.IsWaived ? "waived" : finding.Rule.Severity.ToString().ToLowerInvariant();
}
