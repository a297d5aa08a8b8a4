using Descent.Studies.Statistics.Distributions;

namespace Descent.Studies.Statistics.Intervals;

/// <summary>Where the mean of which a sample was drawn lies: Student's t interval below <see cref="Bootstrap.Fewest"/> values, the symmetric studentized bootstrap
/// from there on.</summary>
public static class MeanInterval
{
    /// <summary>Null below two values, of which nothing can be said.</summary>
    public static Interval? Of(IReadOnlyList<double> values, double confidence = Interval.Usual) => values.Count < 2 ? null
        : values.Count < Bootstrap.Fewest ? Student(values, confidence) : Bootstrap.Mean(values, confidence);

    /// <summary>mean ± t(½ + confidence/2, n − 1)·s/√n.</summary>
    public static Interval Student(IReadOnlyList<double> values, double confidence = Interval.Usual)
    {
        var sample = SampleStatistics.Of(values);
        double half = StudentT.Quantile(0.5 + (0.5 * confidence), sample.Count - 1) * sample.StandardDeviation!.Value / Math.Sqrt(sample.Count);
        return new(sample.Mean - half, sample.Mean + half, confidence);
    }
}
