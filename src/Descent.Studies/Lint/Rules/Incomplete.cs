namespace Descent.Studies.Lint.Rules;

/// <summary>Half a study.</summary>
sealed class Incomplete() : LintRule("incomplete", Severity.Warning,
    "Trials that have not ended are missing from every mean, and not at random: the slow ones end last.",
    "Run the rest: descent run goes on where it stopped.")
{
    public override string? See(LintSubject subject)
    {
        int left = subject.Results.Count(trial => !trial.IsResult);
        return left == 0 || left == subject.Results.Count ? null : $"{left} of {subject.Results.Count} trials have no result.";
    }
}
