namespace Descent.Studies.Lint.Rules;

/// <summary>One seed has no spread.</summary>
sealed class OneSeed() : LintRule("one-seed", Severity.Error,
    "A single seed does not tell luck from merit: the spread between seeds is often larger than the difference between optimizers.",
    "Run several: seeds: [0, 1, 2, 3, 4].")
{
    public override string? See(LintSubject subject) => subject.Compared.Count > 1 && subject.Plan.Select(trial => trial.Settings.Seed).Distinct().Take(2).Count() == 1
        ? $"The only seed is {subject.Plan[0].Settings.Seed}." : null;
}
