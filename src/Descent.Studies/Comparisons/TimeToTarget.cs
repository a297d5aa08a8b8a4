using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Intervals;
using Descent.Studies.Statistics.Survival;

namespace Descent.Studies.Comparisons;

/// <summary>How long an optimizer takes to the target on one clock.</summary>
/// <param name="Optimizer">Whose compared trials.</param>
/// <param name="Clock">What is counted.</param>
/// <param name="Curve">The share that has reached it.</param>
/// <param name="Median">When half have; null where fewer ever do.</param>
/// <param name="MedianInterval">Where that lies; null below six trials.</param>
/// <param name="Mean">The mean within the common horizon.</param>
public sealed record TimeToTarget(
    ComparedOptimizer Optimizer, Clock Clock, CumulativeIncidence Curve, double? Median, Interval? MedianInterval, RestrictedMean Mean)
{
    /// <summary>Where the mean lies, within 0 and the horizon; null below two trials.</summary>
    public Interval? MeanInterval => Mean.Interval?.Within(0, Mean.Horizon);

    public int Reached => Curve.Trials.Count(trial => trial.Outcome == TargetOutcome.Reached);

    public int Diverged => Curve.Trials.Count(trial => trial.Outcome == TargetOutcome.Diverged);

    /// <summary>Half of the trials themselves must have reached it. A clock of seconds censors fast trials earlier than slow ones, and the estimator would tell a
    /// median from the few that were watched longest.</summary>
    static bool HasMedian(List<TargetTime> times) => 2 * times.Count(time => time.Outcome == TargetOutcome.Reached) >= times.Count;

    /// <summary>Of all optimizers that have readings of the clock, in their order. The horizon is common: the end of the trial that missed the target
    /// earliest, beyond which not all were watched; where none missed it, the latest time of all.</summary>
    public static IReadOnlyList<TimeToTarget> Of(IReadOnlyList<ComparedOptimizer> optimizers, Clock clock, double target, HeldOut split)
    {
        var times = optimizers.Select(x => (x, Times: x.Finals.Where(trial => trial.IsResult).Select(trial => clock.TimeOf(trial, target, split)).OfType<TargetTime>().ToList()))
            .Where(x => x.Times.Count > 0 && x.Times.Count == x.x.Finals.Count(trial => trial.IsResult)).ToList();
        var all = times.SelectMany(x => x.Times).ToList();
        double horizon = all.Where(time => time.Outcome == TargetOutcome.Missed).Select(time => time.Time).DefaultIfEmpty(
            all.Select(time => time.Time).DefaultIfEmpty(0).Max()).Min();
        return
        [
            .. times.Select(x => CumulativeIncidence.Of(x.Times) is var curve
                ? new TimeToTarget(x.x, clock, curve, HasMedian(x.Times) ? curve.Median : null, MedianTime.IntervalOf(x.Times), RestrictedMean.Of(x.Times, horizon)) : null!),
        ];
    }
}
