namespace Descent.Studies.Statistics;

/// <summary>One quantity over steps or epochs as the mean over the seeds of a setting, with a band that shows their spread.</summary>
/// <param name="X">Steps or epochs, ascending: those that every seed has.</param>
/// <param name="Mean">Arithmetic mean; NaN where a seed's value is not finite.</param>
/// <param name="Lower">Lower edge of the band; NaN where the mean is.</param>
/// <param name="Upper">Upper edge of the band; NaN where the mean is.</param>
/// <param name="Seeds">How many seeds the mean is over.</param>
/// <param name="Band">What the band spans.</param>
public sealed record SeedCurve(double[] X, double[] Mean, double[] Lower, double[] Upper, int Seeds, SeedBand Band)
{
    /// <summary>A standard deviation says little of so few seeds: below this the band goes from the smallest seed to the largest.</summary>
    public const int FewSeeds = 5;

    /// <summary>The curve of some seeds, each given by columns of equal length with ascending x.</summary>
    /// <param name="seeds">Columns of each seed.</param>
    /// <param name="wanted">What the band spans; null leaves it to the number of seeds.</param>
    public static SeedCurve Of(IReadOnlyList<(double[] X, double[] Y)> seeds, SeedBand? wanted = null)
    {
        var band = wanted ?? (seeds.Count < FewSeeds ? SeedBand.Extremes : SeedBand.Deviation);
        var at = new int[seeds.Count];
        var (xs, mean, lower, upper) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var values = new double[seeds.Count];
        while (seeds.Count > 0 && NextShared(seeds, at) is { } x)
        {
            for (int seed = 0; seed < seeds.Count; seed++)
            {
                values[seed] = seeds[seed].Y[at[seed]++];
            }

            var (middle, low, high) = Spread(values, band);
            xs.Add(x);
            mean.Add(middle);
            lower.Add(low);
            upper.Add(high);
        }

        return new([.. xs], [.. mean], [.. lower], [.. upper], seeds.Count, band);
    }

    /// <summary>The next x that all seeds have, with every seed's position moved to it; null at the end of a seed.</summary>
    static double? NextShared(IReadOnlyList<(double[] X, double[] Y)> seeds, int[] at)
    {
        double candidate = double.NegativeInfinity;
        for (int agreed = 0, seed = 0; agreed < seeds.Count; seed = (seed + 1) % seeds.Count)
        {
            var xs = seeds[seed].X;
            while (at[seed] < xs.Length && xs[at[seed]] < candidate)
            {
                at[seed]++;
            }

            if (at[seed] == xs.Length)
            {
                return null;
            }

            agreed = xs[at[seed]] == candidate ? agreed + 1 : 1;
            candidate = xs[at[seed]];
        }

        return candidate;
    }

    static (double Mean, double Lower, double Upper) Spread(double[] values, SeedBand band)
    {
        if (!Array.TrueForAll(values, double.IsFinite))
        {
            return (double.NaN, double.NaN, double.NaN);
        }

        double mean = values.Sum() / values.Length;
        if (band == SeedBand.Extremes)
        {
            return (mean, values.Min(), values.Max());
        }

        double deviation = SampleStatistics.Of(values).StandardDeviation ?? 0;
        return (mean, mean - deviation, mean + deviation);
    }
}

/// <summary>What the band of a curve spans.</summary>
public enum SeedBand
{
    /// <summary>From the smallest seed to the largest.</summary>
    Extremes,

    /// <summary>One standard deviation (n − 1) to either side of the mean.</summary>
    Deviation,
}
