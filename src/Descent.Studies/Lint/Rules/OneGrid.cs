namespace Descent.Studies.Lint.Rules;

/// <summary>A grid that suits one rule may miss the best rate of another.</summary>
sealed class OneGrid() : LintRule("one-grid", Severity.Warning,
    "The points of one grid lie nearer to the best rate of some rules than of others, and those look better and more robust.",
    "Place each rule's rates around its own best, with equal factors between them, or search a range of equal width.")
{
    public override string? See(LintSubject subject)
    {
        string[] rules = [.. subject.Labels.Select(label => $"{label.Joined(x => x.Optimizer)} {label.Joined(x => LintUnit.Hyperparameter(x, "momentum"))}").Distinct()];
        var grids = subject.Labels.Select(label => label.Values(x => LintUnit.Hyperparameter(x, "learning_rate"))).ToList();
        return rules.Length > 1 && grids.TrueForAll(grid => grid.Count > 1 && grid.SequenceEqual(grids[0]))
            ? $"All {subject.Labels.Count} optimizers have the same {grids[0].Count} learning rates." : null;
    }
}
