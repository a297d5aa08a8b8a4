namespace Descent.Studies.Lint.Rules;

/// <summary>Other code may give other numbers.</summary>
sealed class MixedCode() : LintRule("mixed-code", Severity.Error,
    "Results of different versions of the code, or of vectors of different widths, may differ although nothing of the study does.",
    "Run all trials with one version on one kind of machine: descent delete, then run again.")
{
    public override string? See(LintSubject subject)
    {
        var places = subject.Results.Select(trial => trial.Environment).OfType<Statistics.RunEnvironment>().ToList();
        int codes = places.Select(x => x.Commit).Distinct().Count(), widths = places.Select(x => x.VectorBits).Distinct().Count();
        return codes <= 1 && widths <= 1 ? null : $"{(codes > 1 ? $"{codes} versions of the code" : "")}{(codes > 1 && widths > 1 ? " and " : "")}"
            + $"{(widths > 1 ? $"vectors of {string.Join(" and ", places.Select(x => x.VectorBits).Distinct().Order())} bits" : "")} gave these results.";
    }
}
