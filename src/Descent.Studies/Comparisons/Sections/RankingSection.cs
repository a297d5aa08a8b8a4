using Descent.Studies.Charts;
using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Intervals;

namespace Descent.Studies.Comparisons.Sections;

/// <summary>The optimizers by their means, with intervals and what separates them from the first.</summary>
static class RankingSection
{
    public static PageSection Of(Comparison comparison)
    {
        var leader = comparison.Verdict.Leader;
        string chosen = comparison.Ranking.All(x => x.Candidates.Count == 1) ? "" : $" Each optimizer stands at the setting with the highest mean {comparison.ChosenBy.Split} "
            + $"{comparison.Metric.Name}{(comparison.Request.Finals is null ? ", chosen by the same seeds" : ", chosen by seeds of its own")}.";
        return new("Ranking",
            $"Final test {comparison.Metric.Name} in percent, with {Numbers.Percent(Interval.Usual, 0)} intervals of the mean{Bounded(comparison)}. Behind: the mean paired difference to {leader.Label} over the seeds "
            + $"that both have; p by Student's paired t test{(comparison.Pairs.Count == 1 ? "" : $" with Holm's correction over all {comparison.Pairs.Count} pairs")}.{chosen}",
            [new("Optimizer", false), new("Seeds"), new("Mean"), new("Interval"), new("Median"), new("Behind"), new("Interval"), new("p"), new("Setting", false)],
            [.. comparison.Ranking.Select(x => Row(comparison, x)), .. comparison.Left.Select(x => Unranked(x))]);
    }

    /// <summary>Only where an interval was cut.</summary>
    static string Bounded(Comparison comparison) => comparison.Ranking.Any(x => x.Interval is { } interval && (interval.Upper == ComparedMetric.Highest || interval.Lower == comparison.Metric.Lowest))
        || comparison.Pairs.Any(pair => pair.Interval != pair.Difference.Interval) ? ", cut where no value can lie" : "";

    static IReadOnlyList<string> Row(Comparison comparison, ComparedOptimizer x)
    {
        var pair = comparison.Pairs.FirstOrDefault(pair => pair.First == comparison.Verdict.Leader && pair.Second == x);
        return
        [
            x.Label, Complete(x), Cells.Percent(x.Sample.Mean), Cells.Text(x.Interval), Cells.Percent(x.Median),
            pair is null || pair.Difference.Sample.Count == 0 ? "" : Cells.Percent(pair.Difference.Sample.Mean), Cells.Text(pair?.Interval),
            pair is null || pair.Difference.Differences.Count < 2 ? "" : Cells.Probability(pair.Adjusted), Setting(x),
        ];
    }

    static IReadOnlyList<string> Unranked(ComparedOptimizer x) =>
        [x.Label, Complete(x), SummaryText.None, "", SummaryText.None, "", "", "", Setting(x)];

    static string Setting(ComparedOptimizer x) => string.Join(' ', x.Chosen.Settings.Select(setting => $"{setting.Name}={setting.Value}"));

    static string Complete(ComparedOptimizer x) => x.Values.Count == x.Finals.Count ? $"{x.Values.Count}" : $"{x.Values.Count} of {x.Finals.Count}";
}
