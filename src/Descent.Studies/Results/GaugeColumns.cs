using Descent.Studies.Statistics;

namespace Descent.Studies.Results;

/// <summary>What gauges have read as columns by step, their cost among them.</summary>
static class GaugeColumns
{
    /// <summary>Before the name of a gauge: the seconds that its readings took.</summary>
    const string Seconds = "gauge_seconds.";

    public static IEnumerable<(string Name, IReadOnlyDictionary<long, double> Values)> Of(IReadOnlyList<GaugeSeries> gauges) => gauges.SelectMany(gauge =>
        gauge.Metrics.Append(new(Seconds + gauge.Gauge, gauge.Seconds)).Select(metric => (metric.Name, (IReadOnlyDictionary<long, double>)ByStep(gauge.Steps, metric.Values))));

    static Dictionary<long, double> ByStep(IReadOnlyList<long> steps, IReadOnlyList<double> values) =>
        steps.Zip(values).ToDictionary(x => x.First, x => x.Second);
}
