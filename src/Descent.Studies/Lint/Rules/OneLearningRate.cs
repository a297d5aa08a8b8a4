namespace Descent.Studies.Lint.Rules;

/// <summary>A rate that suits one rule does not suit another.</summary>
sealed class OneLearningRate() : LintRule("one-learning-rate", Severity.Error,
    "Rules, momenta and batch sizes want rates that differ by factors of ten, so one rate for all compares how well it happens to suit each.",
    "Give each a learning rate of its own, chosen with equal effort.")
{
    public override string? See(LintSubject subject)
    {
        // Momentum 0.9 takes steps that are ten times as long.
        string[] kinds = [.. subject.Compared.Select(unit =>
            $"{unit.Joined(x => x.Optimizer)} {unit.Joined(x => LintUnit.Hyperparameter(x, "momentum"))} {unit.Joined(x => $"{x.BatchSize}")}").Distinct()];
        string[] rates = [.. subject.Compared.SelectMany(unit => unit.Values(x => LintUnit.Hyperparameter(x, "learning_rate"))).Distinct()];
        return kinds.Length > 1 && rates is [{ Length: > 0 } rate] ? $"All {subject.Compared.Count} have the learning rate {rate}." : null;
    }
}
