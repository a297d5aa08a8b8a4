using Descent.Studies.Statistics.Distributions;

namespace Descent.Studies.Statistics.Pairs;

/// <summary>What a number of seeds can show: the power of Student's paired t test, exactly, by the noncentral t distribution.</summary>
public static class SeedPower
{
    /// <summary>The chance of a finding that is usually asked for.</summary>
    public const double Usual = 0.8;

    const int MostSeeds = 100_000, Pieces = 2000;

    /// <summary>The chance that the test finds a true mean difference.</summary>
    /// <param name="difference">True mean over true deviation of the differences.</param>
    /// <param name="seeds">Two or more.</param>
    /// <param name="level">Of the two-sided test, as in 0.05.</param>
    public static double Of(double difference, int seeds, double level)
    {
        double freedom = seeds - 1, critical = StudentT.Quantile(1 - (0.5 * level), freedom), shift = difference * Math.Sqrt(seeds);
        // Over the distribution of s/σ, which is that of √(χ²/ν), by Simpson's rule where it has its weight. In the cube root of s: with two seeds what is
        // found lies close to 0.
        double spread = 12 / Math.Sqrt(2 * freedom), from = Math.Cbrt(Math.Max(0, 1 - spread)), width = (Math.Cbrt(1 + spread) - from) / Pieces, sum = 0;
        double scale = Math.Log(2) + (0.5 * freedom * Math.Log(0.5 * freedom)) - IncompleteBeta.LogGamma(0.5 * freedom);
        for (int i = 0; i <= Pieces; i++)
        {
            double root = from + (i * width), s = root * root * root;
            double density = s > 0 ? 3 * root * root * Math.Exp(scale + ((freedom - 1) * Math.Log(s)) - (0.5 * freedom * s * s)) : 0;
            double found = StandardNormal.Below(shift - (critical * s)) + StandardNormal.Below(-shift - (critical * s));
            sum += (i == 0 || i == Pieces ? 1 : i % 2 == 1 ? 4 : 2) * density * found;
        }

        return Math.Min(1, sum * width / 3);
    }

    /// <summary>The smallest mean difference that the seeds find with the chance asked for, in the unit of the deviation; infinite below two
    /// seeds.</summary>
    /// <param name="deviation">Of the differences from seed to seed.</param>
    public static double Detectable(double deviation, int seeds, double level, double power = Usual)
    {
        if (seeds < 2)
        {
            return double.PositiveInfinity;
        }

        double low = 0, high = 1;
        while (Of(high, seeds, level) < power)
        {
            (low, high) = (high, 2 * high);
        }

        while (high - low > 1e-9 * high)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Of(middle, seeds, level) < power ? (middle, high) : (low, middle);
        }

        return high * deviation;
    }

    /// <summary>The fewest seeds that find a mean difference with the chance asked for; null where a hundred thousand do not.</summary>
    /// <param name="difference">In the unit of the deviation.</param>
    /// <param name="deviation">Of the differences from seed to seed.</param>
    public static int? Needed(double difference, double deviation, double level, double power = Usual)
    {
        double size = Math.Abs(difference) / deviation;
        int low = 1, high = 2;
        while (Of(size, high, level) < power)
        {
            if (high >= MostSeeds)
            {
                return null;
            }

            (low, high) = (high, 2 * high);
        }

        while (high - low > 1)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = Of(size, middle, level) < power ? (middle, high) : (low, middle);
        }

        return high;
    }
}
