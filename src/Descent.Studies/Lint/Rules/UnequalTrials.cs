namespace Descent.Studies.Lint.Rules;

/// <summary>Who may try more often wins more often.</summary>
sealed class UnequalTrials() : LintRule("unequal-trials", Severity.Error,
    "The best of more settings is better by luck alone, so the optimizer with the larger budget gains.",
    "Give every optimizer the same number of settings: lists of equal length, or search: { method: halton, trials: 12 }.")
{
    public override string? See(LintSubject subject)
    {
        var counts = subject.Labels.Select(label => (label.Name, Count: label.SettingCount)).ToList();
        return counts.Count < 2 || counts.Select(x => x.Count).Distinct().Count() == 1 ? null
            : $"{counts.MaxBy(x => x.Count).Name} has {counts.Max(x => x.Count)} settings, {counts.MinBy(x => x.Count).Name} has {counts.Min(x => x.Count)}.";
    }
}
