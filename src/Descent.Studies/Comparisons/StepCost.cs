using Descent.Studies.Statistics;

namespace Descent.Studies.Comparisons;

/// <summary>What a step of an optimizer costs.</summary>
/// <param name="Optimizer">Whose compared trials.</param>
/// <param name="Seconds">Seconds of training a step, one value a complete trial.</param>
/// <param name="Cost">Its operations and memory; null where they are not known.</param>
public sealed record StepCost(ComparedOptimizer Optimizer, SampleStatistics Seconds, TrialCost? Cost)
{
    public static StepCost Of(ComparedOptimizer optimizer) => new(optimizer,
        SampleStatistics.Of(optimizer.Finals.Where(trial => trial.State == TrialState.Complete && trial.Epochs.Count > 0 && trial.Epochs[^1].Step > 0
            && double.IsFinite(trial.Epochs[^1].Seconds)).Select(trial => trial.Epochs[^1].Seconds / trial.Epochs[^1].Step)),
        optimizer.Finals is [var first, ..] ? first.Cost : null);
}
