using Descent.Studies.Statistics.Intervals;

namespace Descent.Studies.Statistics.Survival;

/// <summary>Where the median time to the target lies.</summary>
public static class MedianTime
{
    /// <summary>Trainings below which no interval holds with 95 %: of five, all lie on one side of the median with a chance of 1/16.</summary>
    public const int Fewest = 6;

    /// <summary>Between two order statistics of the times, by the binomial distribution of how many lie below the median (exact for any distribution). A training
    /// that missed or diverged counts as later than all that reached, so that the upper end may be infinite; no number takes its place.</summary>
    /// <returns>Null below <see cref="Fewest"/> trainings, and where one was censored before another reached the target, so that their order is not
    /// known.</returns>
    public static Interval? IntervalOf(IReadOnlyList<TargetTime> trials, double confidence = Interval.Usual)
    {
        double last = trials.Where(trial => trial.Outcome == TargetOutcome.Reached).Select(trial => trial.Time).DefaultIfEmpty(0).Max();
        if (trials.Count < Fewest || trials.Any(trial => trial.Outcome == TargetOutcome.Missed && trial.Time < last))
        {
            return null;
        }

        double[] sorted = [.. trials.Select(trial => trial.Outcome == TargetOutcome.Reached ? trial.Time : double.PositiveInfinity).Order()];
        // The r-th smallest and the r-th largest enclose the median unless fewer than r lie on one side of it.
        double tail = 0, term = Math.Pow(0.5, sorted.Length);
        int rank = 0;
        while (tail + term <= 0.5 * (1 - confidence))
        {
            tail += term;
            rank++;
            term *= (double)(sorted.Length - rank + 1) / rank;
        }

        return rank == 0 ? null : new(sorted[rank - 1], sorted[sorted.Length - rank], 1 - (2 * tail));
    }
}
