using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Intervals;

namespace Descent.Studies.Comparisons;

/// <summary>An optimizer of a comparison, at the setting that was chosen for it.</summary>
/// <param name="Label">As the study calls it.</param>
/// <param name="Candidates">Its settings with the trials by which one was chosen, in the study's order.</param>
/// <param name="Chosen">The one with the highest mean held-out accuracy among those of which the fewest trials diverged.</param>
/// <param name="Finals">The trials that are compared: one a seed, of the chosen setting.</param>
/// <param name="Metric">What is compared.</param>
/// <param name="Values">It after the last step, by seed, of the complete ones.</param>
public sealed record ComparedOptimizer(
    string Label, IReadOnlyList<SettingSummary> Candidates, SettingSummary Chosen, IReadOnlyList<TrialResult> Finals, ComparedMetric Metric,
    IReadOnlyDictionary<ulong, double> Values)
{
    public SampleStatistics Sample { get; } = SampleStatistics.Of(Values.Values);

    /// <summary>Where its mean lies, as far as the metric can; null below two seeds.</summary>
    public Interval? Interval { get; } = Metric.Possible(MeanInterval.Of([.. Values.OrderBy(x => x.Key).Select(x => x.Value)]));

    public double Median => Location.Median(Values.Values);

    public double InterquartileMean => Location.InterquartileMean(Values.Values);

    /// <summary>Compared trials that diverged: their seeds are missing from every mean.</summary>
    public int Diverged => Finals.Count(trial => trial.State == TrialState.Diverged);
}
