using Descent.Studies.Charts;
using Descent.Studies.Comparisons.Sections;
using Descent.Studies.Statistics;

namespace Descent.Studies.Comparisons;

/// <summary>The page of a protocol: verdicts, scores over all workloads, then the rankings of each.</summary>
public static class ProtocolPage
{
    public static IReadOnlyList<PageSection> Of(ProtocolComparison protocol) =>
    [
        new("Verdicts", string.Join("\n", protocol.Workloads.Select(x => $"{x.Workload}: {x.Comparison.Verdict.Sentence}").Concat(protocol.Left.Select(x => $"{x.Workload}: {x.Why}")))), Scores(protocol), .. Rankings(protocol),
    ];

    static PageSection Scores(ProtocolComparison protocol)
    {
        var (profiles, tuned, intervals, means, best) = (protocol.Profiles, protocol.TuningProfiles, protocol.ScoreIntervals, protocol.InterquartileMeans, protocol.MedianBest);
        var order = Enumerable.Range(0, profiles.Count).OrderByDescending(i => profiles[i].Score).ThenByDescending(i => means[i].Mean);
        return new($"Scores over {Verdict.Count(protocol.Workloads.Count, "workload")}",
            "Score: AlgoPerf's, the area under the profile of ratios to the fastest from 1 to 4, by the median steps of the compared seeds to the targets; relative to this field of "
            + $"{profiles.Count}. Times ×: those ratios, {SummaryText.None} where the median seed missed the target. Tuned: the same score by the fewest steps of any point that was tried, the "
            + $"median over {Verdict.Count(protocol.TuningSeeds, "tuning seed")}. IQM: interquartile mean of the final test accuracies in percent. Intervals of "
            + "95 % by resampling the seeds of each workload.",
            [
                new("Optimizer", false), new("Score"), new("Interval"), new("Tuned"), .. protocol.Workloads.Select(x => new PageColumn($"{x.Workload} ×")), new("IQM"), new("Interval"),
                .. protocol.Workloads.Select(x => new PageColumn($"{x.Workload} best")),
            ],
            [
                .. order.Select(i => (IReadOnlyList<string>)
                [
                    profiles[i].Label, Numbers.Fixed(profiles[i].Score, 3), intervals[i] is { } x ? $"{Numbers.Fixed(x.Lower, 2)} … {Numbers.Fixed(x.Upper, 2)}" : "", Numbers.Fixed(tuned[i].Score, 3),
                    .. profiles[i].Ratios.Select(ratio => double.IsInfinity(ratio) ? SummaryText.None : Numbers.Fixed(ratio, 2)),
                    Cells.Percent(means[i].Mean), Cells.Text(means[i].Interval), .. best[i].Select(Cells.Percent),
                ]),
            ]);
    }

    static IEnumerable<PageSection> Rankings(ProtocolComparison protocol) => protocol.Workloads.SelectMany(x => new[] { RankingSection.Of(x.Comparison) }
        .Concat(TargetSections.Of(x.Comparison)).Select(section => section with { Title = $"{x.Workload}: {section.Title}" }));
}
