namespace Descent.Studies.Statistics;

/// <summary>A series of steps summed up in bins of equally many consecutive steps, so that curves of noisy values can be told
/// apart.</summary>
/// <param name="Step">The middle of each bin.</param>
/// <param name="Mean">Mean of the bin's values; NaN where one of them is not finite.</param>
/// <param name="Minimum">The smallest finite value; NaN where there is none.</param>
/// <param name="Maximum">The largest finite value; NaN where there is none.</param>
public sealed record StepBins(double[] Step, double[] Mean, double[] Minimum, double[] Maximum)
{
    /// <summary>How many steps a bin takes so that a series up to <paramref name="lastStep"/> has at most so many bins: 1, 2 or 5 times a
    /// power of ten.</summary>
    public static long WidthFor(long lastStep, int mostBins)
    {
        long power = 1;
        while (true)
        {
            foreach (long width in new[] { power, 2 * power, 5 * power })
            {
                if (width * mostBins >= lastStep)
                {
                    return width;
                }
            }

            power *= 10;
        }
    }

    /// <summary>Bins of the steps 1 to <paramref name="width"/>, and so on. Bins without a recorded step do not appear.</summary>
    public static StepBins Of(ReadOnlySpan<long> steps, ReadOnlySpan<double> values, long width)
    {
        var (middle, mean, minimum, maximum) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (int i = 0; i < steps.Length;)
        {
            long bin = (steps[i] - 1) / width;
            var (sum, low, high, first) = (0.0, double.PositiveInfinity, double.NegativeInfinity, i);
            for (; i < steps.Length && (steps[i] - 1) / width == bin; i++)
            {
                sum += values[i];
                if (double.IsFinite(values[i]))
                {
                    low = Math.Min(low, values[i]);
                    high = Math.Max(high, values[i]);
                }
            }

            middle.Add((bin * width) + (0.5 * (width + 1)));
            mean.Add(double.IsFinite(sum) ? sum / (i - first) : double.NaN);
            minimum.Add(double.IsFinite(low) ? low : double.NaN);
            maximum.Add(double.IsFinite(high) ? high : double.NaN);
        }

        return new([.. middle], [.. mean], [.. minimum], [.. maximum]);
    }
}
