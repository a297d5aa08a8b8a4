using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures;

/// <summary>Something that was recorded along a trial.</summary>
/// <param name="Clock">What x counts: <c>epoch</c> or <c>step</c>.</param>
/// <param name="Format">How its values are printed.</param>
/// <param name="Columns">The columns of a trial, of equal length with ascending x; empty when it was not recorded.</param>
/// <param name="Width">Consecutive steps that each value is the mean of.</param>
/// <param name="IsNoisy">Whether neighbours jump, so that a dashed line would fall to pieces.</param>
sealed record Quantity(
    string Clock,
    ValueFormat Format,
    Func<TrialResult, (double[] X, double[] Y)> Columns,
    long Width = 1,
    bool IsNoisy = false)
{
    const int MostBins = 100;

    /// <summary>At the evaluations.</summary>
    public static Quantity AtEpochs(ValueFormat format, Func<EpochPoint, double> value) =>
        new("epoch", format, trial => ([.. trial.Epochs.Select(point => point.Epoch)], [.. trial.Epochs.Select(value)]));

    /// <summary>At the steps, averaged over as many of them as make the curve legible.</summary>
    public static Quantity AtSteps(IEnumerable<TrialResult> trials, Func<StepSeries, ReadOnlyMemory<double>> values)
    {
        long width = StepBins.WidthFor(LastStep(trials), MostBins);
        return new("step", ValueFormat.Number, Columns, width, IsNoisy: true);

        (double[] X, double[] Y) Columns(TrialResult trial)
        {
            var bins = Bins(trial, values, width);
            return (bins.Step, bins.Mean);
        }
    }

    /// <summary>The last step that any of the trials recorded; 0 when none did.</summary>
    public static long LastStep(IEnumerable<TrialResult> trials) =>
        trials.Select(trial => trial.Steps.Count == 0 ? 0 : trial.Steps.Step.Span[^1]).DefaultIfEmpty(0).Max();

    /// <summary>The trial's steps in bins; without values when they were not recorded.</summary>
    public static StepBins Bins(TrialResult trial, Func<StepSeries, ReadOnlyMemory<double>> values, long width)
    {
        var column = values(trial.Steps);
        return StepBins.Of(column.IsEmpty ? [] : trial.Steps.Step.Span, column.Span, width);
    }
}
