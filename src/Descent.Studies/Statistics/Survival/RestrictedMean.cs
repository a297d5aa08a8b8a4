using Descent.Studies.Statistics.Distributions;
using Descent.Studies.Statistics.Intervals;

namespace Descent.Studies.Statistics.Survival;

/// <summary>The mean time to the target within a horizon: the area over the curve of those that have reached it, ∫₀^τ (1 − F(t)) dt. A training that diverged
/// never reaches it and counts the whole horizon; one that missed counts as the estimator of F has it.</summary>
/// <param name="Horizon">τ, the same for all that are compared.</param>
/// <param name="Mean">In the clock's unit.</param>
/// <param name="Interval">By the jackknife: the spread of n·θ − (n − 1)·θ₋ᵢ over the trainings i (Andersen, Hansen and Klein's pseudo-values, Lifetime Data Analysis
/// 10, 2004), with Student's t. Where nothing is censored it is the t interval of the mean of min(time, τ). Null below two trainings.</param>
public sealed record RestrictedMean(double Horizon, double Mean, Interval? Interval)
{
    public static RestrictedMean Of(IReadOnlyList<TargetTime> trials, double horizon, double confidence = Intervals.Interval.Usual)
    {
        double mean = Area(trials, horizon);
        if (trials.Count < 2)
        {
            return new(horizon, mean, null);
        }

        int n = trials.Count;
        var pseudo = Enumerable.Range(0, n).Select(i => (n * mean) - ((n - 1) * Area([.. trials.Where((_, place) => place != i)], horizon)));
        double error = SampleStatistics.Of(pseudo).StandardDeviation!.Value / Math.Sqrt(n);
        double half = StudentT.Quantile(0.5 + (0.5 * confidence), n - 1) * error;
        return new(horizon, mean, new(mean - half, mean + half, confidence));
    }

    static double Area(IReadOnlyList<TargetTime> trials, double horizon)
    {
        var curve = CumulativeIncidence.Of(trials);
        double area = 0, from = 0, reached = 0;
        foreach (var (time, share) in curve.Times.Zip(curve.Reached).TakeWhile(x => x.First < horizon))
        {
            area += (time - from) * (1 - reached);
            (from, reached) = (time, share);
        }

        return area + ((horizon - from) * (1 - reached));
    }
}
