using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Intervals;
using Descent.Studies.Statistics.Profiles;
using Descent.Studies.Statistics.Survival;

namespace Descent.Studies.Comparisons;

/// <summary>The same optimizers on several workloads.</summary>
/// <param name="Name">The protocol's.</param>
/// <param name="Workloads">Each workload's name with its comparison.</param>
public sealed record ProtocolComparison(string Name, IReadOnlyList<(string Workload, Comparison Comparison)> Workloads)
{
    /// <summary>The workloads that cannot be compared yet, with what is missing.</summary>
    public IReadOnlyList<(string Workload, string Why)> Left { get; init; } = [];

    /// <summary>Time is counted in steps: trials shared the machine.</summary>
    public static Clock Clock => Clock.Steps;

    /// <summary>Optimizers that every workload has, in the order of the first.</summary>
    public IReadOnlyList<string> Labels { get; } = [.. Workloads.Select(x => x.Comparison.Ranking.Concat(x.Comparison.Left).Select(one => one.Label))
        .Aggregate((before, labels) => before.Intersect(labels))];

    /// <summary>Seeds at which points were tried, of the workload that has the most.</summary>
    public int TuningSeeds => Workloads.Max(x => x.Comparison.Request.Tuning.Select(trial => trial.Seed).Distinct().Count());

    /// <summary>As AlgoPerf's external tuning has it: by the median over the tuning seeds of the least time of any point.</summary>
    public IReadOnlyList<PerformanceProfile> TuningProfiles => PerformanceProfile.Of(Labels, [.. Workloads.Select(x => (IReadOnlyList<double>)[.. Labels.Select(label =>
        Median([.. x.Comparison.Request.Tuning.Where(trial => trial.Optimizer == label && trial.IsResult).GroupBy(trial => trial.Seed)
            .Select(points => points.Min(trial => TimeOf(x.Comparison, trial)))]))])]);

    /// <summary>By the median time over the seeds to each workload's target; infinite where fewer than half reach it.</summary>
    public IReadOnlyList<PerformanceProfile> Profiles => PerformanceProfile.Of(Labels, [.. Seeds().Select(workload => MedianTimes(workload, Labels.Count))]);

    /// <summary>Where each score lies, by resampling the seeds of each workload; null below <see cref="Bootstrap.Fewest"/> trainings of an optimizer.</summary>
    public IReadOnlyList<Interval?> ScoreIntervals
    {
        get
        {
            var seeds = Seeds();
            // One group a workload: its seeds, each with the times of all optimizers, because ratios compare optimizers at the same resample.
            var places = seeds.Select(workload => Enumerable.Range(0, workload.Min(times => times.Count)).Select(seed => (double)seed).ToArray()).ToList();
            return places.Sum(group => group.Length) < Bootstrap.Fewest ? [.. Labels.Select(_ => (Interval?)null)] :
            [
                .. Labels.Select((_, place) => (Interval?)Bootstrap.Stratified(places, drawn => PerformanceProfile.Of(Labels, [.. seeds.Zip(drawn, (workload, picked) =>
                    MedianTimes([.. workload.Select(times => (IReadOnlyList<double>)[.. picked.Select(seed => times[(int)seed])])], Labels.Count))])[place].Score)),
            ];
        }
    }

    /// <summary>Interquartile mean of the final test accuracies of all seeds and workloads, with its interval by resampling the seeds of each workload.</summary>
    public IReadOnlyList<(double Mean, Interval? Interval)> InterquartileMeans =>
    [
        .. Labels.Select(label => Workloads.Select(x => Find(x.Comparison, label).Values.Values.ToArray()).ToList()).Select(groups =>
            (Location.InterquartileMean(groups.SelectMany(x => x)), groups.Sum(group => group.Length) < Bootstrap.Fewest || groups.Exists(group => group.Length == 0) ? (Interval?)null
                : Bootstrap.Stratified(groups, drawn => Location.InterquartileMean(drawn.SelectMany(x => x))))),
    ];

    /// <summary>The median over the seeds of the best validation accuracy of a training: what fixes a target.</summary>
    public IReadOnlyList<IReadOnlyList<double>> MedianBest => [.. Labels.Select(label => (IReadOnlyList<double>)[.. Workloads.Select(x =>
        Location.Median(Find(x.Comparison, label).Finals.Select(x.Comparison.ChosenBy.BestAccuracy).OfType<double>()))])];

    internal static ComparedOptimizer Find(Comparison comparison, string label) => comparison.Ranking.Concat(comparison.Left).First(x => x.Label == label);

    /// <summary>[workload][optimizer][seed]: the time to the target, infinite where it was not reached.</summary>
    List<List<IReadOnlyList<double>>> Seeds() =>
    [
        .. Workloads.Select(x => Labels.Select(label => (IReadOnlyList<double>)[.. Find(x.Comparison, label).Finals.Where(trial => trial.IsResult)
            .Select(trial => TimeOf(x.Comparison, trial))]).ToList()),
    ];

    static IReadOnlyList<double> MedianTimes(List<IReadOnlyList<double>> optimizers, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Median(optimizers[i]))];

    /// <summary>The upper of the middle two of an even number: a time that half have reached.</summary>
    static double Median(IReadOnlyList<double> times) => times.Count == 0 ? double.PositiveInfinity : times.Order().ElementAt(times.Count / 2);

    static double TimeOf(Comparison comparison, TrialResult trial) => comparison.Request.Target is { } target
        && Clock.TimeOf(trial, target, comparison.Request.TargetSplit) is { Outcome: TargetOutcome.Reached } time ? time.Time : double.PositiveInfinity;
}
