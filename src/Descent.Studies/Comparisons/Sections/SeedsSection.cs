using Descent.Studies.Charts;
using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Pairs;

namespace Descent.Studies.Comparisons.Sections;

/// <summary>What the seeds can show, and how many would show more.</summary>
static class SeedsSection
{
    public static PageSection Of(Comparison comparison)
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
                    pair.Other(leader).Label, pair.IsShown ? "yes" : "no", Cells.Percent(pair.Difference.Sample.Mean),
                    Detectable(comparison, pair, level),
                    $"{pair.Difference.Sample.Count}", Needed(pair, level), pair.Difference.VarianceRemoved is { } removed ? Numbers.Percent(removed, 0) : SummaryText.None,
                    Numbers.Percent(pair.Improvement, 0),
                ]),
            ]);
    }

    static string Detectable(Comparison comparison, ComparedPair pair, double level)
    {
        double difference = SeedPower.Detectable(pair.Difference.Sample.StandardDeviation!.Value, pair.Difference.Sample.Count, level);
        return difference > comparison.Metric.Range ? $"> {Cells.Percent(comparison.Metric.Range)}" : Cells.Percent(difference);
    }

    static string Needed(ComparedPair pair, double level) => pair.Difference.Sample.Mean == 0 ? "more than 100,000"
        : SeedPower.Needed(pair.Difference.Sample.Mean, pair.Difference.Sample.StandardDeviation!.Value, level) is { } seeds ? Numbers.Fixed(seeds, 0) : "more than 100,000";
}
