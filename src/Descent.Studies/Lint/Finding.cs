namespace Descent.Studies.Lint;

/// <summary>A confound that a study has.</summary>
/// <param name="Rule">Which.</param>
/// <param name="Seen">What was seen in this study, one sentence.</param>
/// <param name="Waiver">Why it is accepted, as the study file says; empty where it says no reason; null where it is not waived.</param>
public sealed record Finding(LintRule Rule, string Seen, string? Waiver)
{
    public bool IsWaived => Waiver is not null;
}
