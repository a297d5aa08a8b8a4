using Descent.Studies.Comparisons;

namespace Descent.App.Output;

/// <summary>What <c>compare --json</c> prints of a protocol.</summary>
/// <param name="Workloads">The comparison of each; its confounds stand with its own study.</param>
sealed record ProtocolEntry(string Protocol, IReadOnlyList<ScoreEntry> Scores, IReadOnlyList<ComparisonEntry> Workloads)
{
    public static ProtocolEntry Of(ProtocolComparison x)
    {
        var (profiles, tuned, intervals, means, best) = (x.Profiles, x.TuningProfiles, x.ScoreIntervals, x.InterquartileMeans, x.MedianBest);
        return new(x.Name, [.. profiles.Select((profile, i) => new ScoreEntry(profile.Label, profile.Score, IntervalEntry.Of(intervals[i]), tuned[i].Score, [.. profile.Ratios], means[i].Mean,
            IntervalEntry.Of(means[i].Interval), best[i]))], [.. x.Workloads.Select(one => ComparisonEntry.Of(one.Comparison, []))]);
    }
}

/// <param name="TunedScore">By the median over the tuning seeds of the least steps of any point.</param>
/// <param name="Ratios">Median steps to the target over those of the fastest, a workload each; null where it was missed.</param>
/// <param name="MedianBest">The median of the best validation accuracies, a workload each.</param>
sealed record ScoreEntry(string Optimizer, double Score, IntervalEntry? Interval, double TunedScore, IReadOnlyList<double> Ratios, double InterquartileMean,
    IntervalEntry? InterquartileMeanInterval, IReadOnlyList<double> MedianBest);
