using Descent.Studies.Statistics.Distributions;
using Descent.Studies.Statistics.Intervals;

namespace Descent.Studies.Statistics.Pairs;

/// <summary>The difference of two optimizers over the seeds that both have. At one seed both saw the same initial weights, batches and augmentation, so
/// what a seed does to both drops out of the difference.</summary>
/// <param name="Differences">First minus second, one a seed, in ascending order of the seed.</param>
/// <param name="Sample">Mean and standard deviation of the differences.</param>
/// <param name="Interval">Where the mean difference lies; null below two seeds.</param>
/// <param name="Probability">How likely a mean difference as far from 0 is, if there is none in truth (Student's paired t test, two-sided); 1 below two
/// seeds.</param>
/// <param name="VarianceRemoved">1 − var(first − second)/(var(first) + var(second)): the share of the variance of the difference that pairing removed.
/// Negative where it added some; null where nothing varies or below two seeds.</param>
public sealed record PairedDifference(
    IReadOnlyList<double> Differences, SampleStatistics Sample, Interval? Interval, double Probability, double? VarianceRemoved)
{
    /// <param name="first">Values by seed.</param>
    /// <param name="second">Values by seed; seeds that one of both lacks are left out.</param>
    public static PairedDifference Of(IReadOnlyDictionary<ulong, double> first, IReadOnlyDictionary<ulong, double> second)
    {
        var seeds = first.Keys.Where(second.ContainsKey).Order().ToList();
        double[] differences = [.. seeds.Select(seed => first[seed] - second[seed])];
        return new(differences, SampleStatistics.Of(differences), MeanInterval.Of(differences), ProbabilityOf(differences),
            Removed(differences, [.. seeds.Select(seed => first[seed])], [.. seeds.Select(seed => second[seed])]));
    }

    static double ProbabilityOf(double[] differences)
    {
        if (differences.Length < 2)
        {
            return 1;
        }

        var sample = SampleStatistics.Of(differences);
        double deviation = sample.StandardDeviation!.Value;
        // Accuracies are counts of images, so a few seeds may differ by the same count. Their deviation of 0 is no proof: the signs alone count then.
        return deviation > 1e-12 * Math.Abs(sample.Mean) ? StudentT.TwoSided(sample.Mean / (deviation / Math.Sqrt(sample.Count)), sample.Count - 1)
            : sample.Mean == 0 ? 1 : Math.Pow(2, 1 - sample.Count);
    }

    static double? Removed(double[] differences, double[] first, double[] second)
    {
        double apart = Variance(first) + Variance(second);
        return differences.Length >= 2 && apart > 0 ? 1 - (Variance(differences) / apart) : null;
    }

    static double Variance(double[] values) => SampleStatistics.Of(values).StandardDeviation is { } deviation ? deviation * deviation : 0;
}
