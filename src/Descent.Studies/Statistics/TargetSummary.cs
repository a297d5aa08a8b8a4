namespace Descent.Studies.Statistics;

/// <summary>How the seeds of one setting stand to the study's target. A seed that missed it is censored: it counts as later than every
/// seed that reached it, and no number is invented for it.</summary>
/// <param name="Reached">Seeds that met the target, also those that diverged afterwards.</param>
/// <param name="Of">All seeds that ended as a result: complete, pruned or diverged.</param>
/// <param name="MedianSteps">Median over all <paramref name="Of"/> seeds, censored ones being infinite; null when it is infinite.</param>
/// <param name="MedianEpochs">The same in epochs.</param>
public sealed record TargetSummary(int Reached, int Of, double? MedianSteps, double? MedianEpochs)
{
    public static TargetSummary From(IReadOnlyCollection<TrialResult> results) => new(
        results.Count(trial => trial.StepsToTarget is not null),
        results.Count,
        CensoredMedian(results.Select(trial => (double?)trial.StepsToTarget)),
        CensoredMedian(results.Select(trial => trial.EpochsToTarget)));

    /// <summary>The median where null stands for later than every value: the mean of the middle two for an even count; null when it cannot
    /// be told, because a censored value is among the middle ones, or when there is no value at all.</summary>
    public static double? CensoredMedian(IEnumerable<double?> values)
    {
        var sorted = values.Select(x => x ?? double.PositiveInfinity).Order().ToArray();
        if (sorted.Length == 0)
        {
            return null;
        }

        double median = 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
        return double.IsFinite(median) ? median : null;
    }
}
