namespace Descent.Studies.Statistics;

/// <summary>What a gauge cost trials.</summary>
/// <param name="Readings">Of all trials.</param>
/// <param name="Seconds">Of all of them.</param>
/// <param name="Share">Of the trials' whole time; null where that is not known.</param>
public sealed record GaugeCost(string Gauge, int Readings, double Seconds, double? Share)
{
    public static IReadOnlyList<GaugeCost> Of(IReadOnlyList<TrialResult> trials) =>
        [.. trials.SelectMany(trial => trial.Gauges.Select(gauge => (trial, gauge))).GroupBy(x => x.gauge.Gauge).Select(same =>
        {
            double seconds = same.Sum(x => x.gauge.Seconds.Sum()), whole = same.Sum(x => x.trial.WallSeconds ?? double.NaN);
            return new GaugeCost(same.Key, same.Sum(x => x.gauge.Steps.Count), seconds, whole > 0 ? Math.Min(1, seconds / whole) : null);
        })];
}
