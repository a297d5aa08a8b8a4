namespace Descent.Studies.Statistics;

/// <summary>Mean and spread of a handful of measured values, usually one a seed.</summary>
/// <param name="Count">Number of values; 0 gives NaN everywhere.</param>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="StandardDeviation">Of the sample: √(Σ(x − mean)² / (n − 1)); null below two values, where it is not defined.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
public sealed record SampleStatistics(int Count, double Mean, double? StandardDeviation, double Minimum, double Maximum)
{
    /// <summary>Two passes, so that values which differ in their last digits alone keep their spread. Every value must be finite:
    /// what was not measured is left out by the caller, never replaced.</summary>
    public static SampleStatistics Of(IEnumerable<double> values)
    {
        var sample = values as double[] ?? [.. values];
        if (Array.FindIndex(sample, x => !double.IsFinite(x)) is >= 0 and var bad)
        {
            throw new ArgumentException($"sample: every value must be finite, got {sample[bad]} at {bad}.", nameof(values));
        }

        if (sample.Length == 0)
        {
            return new(0, double.NaN, null, double.NaN, double.NaN);
        }

        double mean = sample.Sum() / sample.Length;
        double squares = sample.Sum(x => (x - mean) * (x - mean));
        return new(sample.Length, mean, sample.Length < 2 ? null : Math.Sqrt(squares / (sample.Length - 1)), sample.Min(), sample.Max());
    }
}
