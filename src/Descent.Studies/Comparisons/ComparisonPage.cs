using Descent.Studies.Charts;
using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Intervals;
using Descent.Studies.Statistics.Pairs;

namespace Descent.Studies.Comparisons;

/// <summary>The page of a comparison, section by section.</summary>
public static class ComparisonPage
{
    public static IReadOnlyList<PageSection> Of(Comparison comparison) => [new("Verdict", comparison.Verdict.Sentence), Ranking(comparison), Seeds(comparison)];

    static PageSection Ranking(Comparison comparison)
    {
        var leader = comparison.Verdict.Leader;
        string chosen = comparison.Ranking.All(x => x.Candidates.Count == 1) ? "" : $" Each optimizer stands at the setting with the highest mean {comparison.ChosenBy.Split} "
            + $"accuracy{(comparison.Request.Finals is null ? ", chosen by the same seeds" : ", chosen by seeds of its own")}.";
        return new("Ranking",
            $"Final test accuracy in percent, with {Numbers.Percent(Interval.Usual, 0)} intervals of the mean. Behind: the mean paired difference to {leader.Label} over the seeds "
            + $"that both have; p by Student's paired t test with Holm's correction over all {Verdict.Count(comparison.Pairs.Count, "pair")}.{chosen}",
            [new("Optimizer", false), new("Seeds"), new("Mean"), new("Interval"), new("Median"), new("Behind"), new("Interval"), new("p"), new("Setting", false)],
            [.. comparison.Ranking.Select(x => Row(comparison, x)), .. comparison.Left.Select(x => Unranked(x))]);
    }

    static IReadOnlyList<string> Row(Comparison comparison, ComparedOptimizer x)
    {
        var pair = comparison.Pairs.FirstOrDefault(pair => pair.First == comparison.Verdict.Leader && pair.Second == x);
        return
        [
            x.Label, Complete(x), Percent(x.Sample.Mean), Text(x.Interval), Percent(x.Median),
            pair is null || pair.Difference.Sample.Count == 0 ? "" : Percent(pair.Difference.Sample.Mean), Text(pair?.Difference.Interval),
            pair is null || pair.Difference.Differences.Count < 2 ? "" : Probability(pair.Adjusted), Setting(x),
        ];
    }

    static IReadOnlyList<string> Unranked(ComparedOptimizer x) =>
        [x.Label, Complete(x), SummaryText.None, "", SummaryText.None, "", "", "", Setting(x)];

    static PageSection Seeds(Comparison comparison)
    {
        var leader = comparison.Verdict.Leader;
        var own = comparison.Pairs.Where(pair => pair.Has(leader) && pair.Difference.Sample.StandardDeviation is > 0).ToList();
        double level = Verdict.Level / Math.Max(1, comparison.Pairs.Count);
        return new("What would change the answer",
            $"Against {leader.Label}: the smallest difference that the seeds find in four of five such studies, and the seeds that the observed difference would need, after "
            + "correction for all pairs. Pairing: the share of the difference's variance that common seeds removed.",
            [new("Optimizer", false), new("Shown", false), new("Difference"), new("Finds"), new("Seeds"), new("Needs"), new("Pairing"), new("Improves")],
            [
                .. own.Select(pair => (IReadOnlyList<string>)
                [
                    pair.Other(leader).Label, pair.IsShown ? "yes" : "no", Percent(pair.Difference.Sample.Mean),
                    Percent(SeedPower.Detectable(pair.Difference.Sample.StandardDeviation!.Value, pair.Difference.Sample.Count, level)),
                    $"{pair.Difference.Sample.Count}", Needed(pair, level), pair.Difference.VarianceRemoved is { } removed ? Numbers.Percent(removed, 0) : SummaryText.None,
                    Numbers.Percent(pair.Improvement, 0),
                ]),
            ]);
    }

    static string Needed(ComparedPair pair, double level) => pair.Difference.Sample.Mean == 0 ? "more than 100,000"
        : SeedPower.Needed(pair.Difference.Sample.Mean, pair.Difference.Sample.StandardDeviation!.Value, level) is { } seeds ? Numbers.Fixed(seeds, 0) : "more than 100,000";

    static string Setting(ComparedOptimizer x) => string.Join(' ', x.Chosen.Settings.Select(setting => $"{setting.Name}={setting.Value}"));

    static string Complete(ComparedOptimizer x) => x.Values.Count == x.Finals.Count ? $"{x.Values.Count}" : $"{x.Values.Count} of {x.Finals.Count}";

    internal static string Percent(double fraction) => double.IsFinite(fraction) ? Numbers.Fixed(100 * fraction, 2) : SummaryText.None;

    internal static string Text(Interval? interval) => interval is not { } x ? "" : $"{Percent(x.Lower)} … {Percent(x.Upper)}";

    internal static string Probability(double p) => p < 0.001 ? "< 0.001" : Numbers.Fixed(p, 3);
}
