using Descent.Analysis;
using Descent.Studies.Charts;
using Descent.Studies.Comparisons;
using Descent.Studies.Pictures.Gauges;
using Descent.Studies.Statistics;

namespace Descent.Studies.Results.Sections;

/// <summary>What the gauges of a study cost, and of the sharpness what was read last, means over the complete seeds.</summary>
static class GaugesSection
{
    /// <summary>Null where there were none.</summary>
    public static PageSection? Of(StudySummary summary)
    {
        var costs = GaugeCost.Of([.. summary.Settings.SelectMany(setting => setting.Trials)]);
        var rows = summary.Settings.Where(setting => setting.In(TrialState.Complete).Any(trial => Gauge.HasRead(trial, SharpnessGauge.NameInStudies))).Select(Row).ToList();
        return costs.Count == 0 ? null : new("Gauges", $"{string.Join("; ", costs.Select(Text))}.",
            rows.Count == 0 ? [] : [new("Setting", false), new("Last sharpness"), new("Compared"), new("Limit"), new("Share of it"), new("Largest share")], rows);
    }

    static string Text(GaugeCost cost) => $"{cost.Gauge}: {Numbers.Fixed(cost.Readings, 0)} readings in {Numbers.Duration(cost.Seconds)}"
        + (cost.Share is { } share ? $", {Numbers.Percent(share, 1)} of the trials' time" : "");

    static IReadOnlyList<string> Row(SettingSummary setting)
    {
        var trials = setting.In(TrialState.Complete).ToList();
        bool isPreconditioned = trials.Any(trial => Read(trial, SharpnessGauge.Preconditioned).Length > 0);
        return
        [
            setting.Label, Last(SharpnessGauge.Sharpness), Last(isPreconditioned ? SharpnessGauge.Preconditioned : SharpnessGauge.Sharpness), Last(SharpnessGauge.Limit), Last(SharpnessGauge.Ratio),
            trials.SelectMany(trial => Read(trial, SharpnessGauge.Ratio)).DefaultIfEmpty(double.NaN).Max() is var most && double.IsFinite(most) ? Numbers.Significant(most) : SummaryText.None,
        ];

        string Last(string metric) => trials.Select(trial => Read(trial, metric)).Where(values => values.Length > 0).Select(values => values[^1]).ToList() is { Count: > 0 } last
            ? Numbers.Significant(last.Average()) : SummaryText.None;
    }

    static double[] Read(TrialResult trial, string metric) => Gauge.Columns(trial, SharpnessGauge.NameInStudies, metric).Y;
}
