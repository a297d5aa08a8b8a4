namespace Descent.Studies.Statistics;

/// <summary>One evaluation of a trial. A value that was not measured is NaN; accuracies are fractions from 0 to 1. <c>Epoch</c> counts the
/// epochs trained so far: 0 before the first step, a fraction when the budget ended within an epoch. <c>Step</c> counts the steps taken so
/// far.</summary>
public readonly record struct EpochPoint(
    double Epoch, long Step, double TrainLoss, double TrainAccuracy, double TestLoss, double TestAccuracy)
{
    public double ValidationLoss { get; init; } = double.NaN;

    public double ValidationAccuracy { get; init; } = double.NaN;

    /// <summary>Seconds of training until here.</summary>
    public double Seconds { get; init; } = double.NaN;

    /// <summary>What was taken until here, in gradients: see <see cref="TrialCost.Gradients"/>.</summary>
    public double Gradients { get; init; } = double.NaN;
}
