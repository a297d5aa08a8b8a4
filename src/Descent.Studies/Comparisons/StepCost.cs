using Descent.Studies.Statistics;

namespace Descent.Studies.Comparisons;

/// <summary>What a step of an optimizer costs.</summary>
/// <param name="Optimizer">Whose compared trials.</param>
/// <param name="Seconds">Seconds of training a step, one value a complete trial.</param>
/// <param name="Gradients">Gradients a step (see <see cref="TrialCost.Gradients"/>), one value a complete trial of which they were counted.</param>
/// <param name="Cost">Its operations and memory; null where they are not known.</param>
public sealed record StepCost(ComparedOptimizer Optimizer, SampleStatistics Seconds, SampleStatistics Gradients, TrialCost? Cost)
{
    /// <summary>Operations of the network; null where they are not known.</summary>
    public double? FlopsPerStep => (Gradients.Count > 0 ? Gradients.Mean : Cost is { TakesOneGradient: true } ? 1 : null) * Cost?.FlopsPerGradient;

    public static StepCost Of(ComparedOptimizer optimizer) => new(optimizer, PerStep(optimizer, point => point.Seconds), PerStep(optimizer, point => point.Gradients),
        optimizer.Finals is [var first, ..] ? first.Cost : null);

    static SampleStatistics PerStep(ComparedOptimizer optimizer, Func<EpochPoint, double> sum) => SampleStatistics.Of(optimizer.Finals
        .Where(trial => trial.State == TrialState.Complete && trial.Epochs.Count > 0 && trial.Epochs[^1].Step > 0).Select(trial => sum(trial.Epochs[^1]) / trial.Epochs[^1].Step)
        .Where(double.IsFinite));
}
