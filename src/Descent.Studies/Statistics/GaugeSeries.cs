namespace Descent.Studies.Statistics;

/// <summary>What a gauge read along a trial.</summary>
/// <param name="Gauge">Its name: <c>gradients</c>, <c>sharpness</c>.</param>
/// <param name="Steps">Of the readings, ascending; 0 is before the first step.</param>
/// <param name="Metrics">What was read.</param>
/// <param name="Seconds">What each reading cost. A clock reading.</param>
public sealed record GaugeSeries(string Gauge, IReadOnlyList<long> Steps, IReadOnlyList<GaugeMetric> Metrics, IReadOnlyList<double> Seconds)
{
    /// <summary>The values of a metric, one a reading; null where the gauge has none of this name.</summary>
    public IReadOnlyList<double>? this[string metric] => Metrics.FirstOrDefault(x => x.Name == metric)?.Values;
}

/// <param name="Name">As in <c>gradient_norm.fc1.weight</c>.</param>
/// <param name="Values">One a reading; NaN for what could not be measured.</param>
public sealed record GaugeMetric(string Name, IReadOnlyList<double> Values);
