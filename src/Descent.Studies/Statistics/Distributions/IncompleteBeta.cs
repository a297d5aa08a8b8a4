namespace Descent.Studies.Statistics.Distributions;

/// <summary>The regularized incomplete beta function, from which Student's t and the binomial distribution follow.</summary>
static class IncompleteBeta
{
    const int MostTerms = 10_000;
    const double Smallest = 1e-300, Precision = 1e-16;

    static readonly double[] lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
        -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>I_x(a, b) = ∫₀ˣ t^(a−1)·(1−t)^(b−1) dt / B(a, b), by the continued fraction (Abramowitz and Stegun 26.5.8, evaluated by Lentz's
    /// method).</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <param name="x">In [0, 1].</param>
    /// <param name="rest">1 − x, given apart because the difference loses its digits near 1.</param>
    public static double At(double a, double b, double x, double rest)
    {
        if (x <= 0 || rest <= 0)
        {
            return x <= 0 ? 0 : 1;
        }

        double front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(rest)));
        // The fraction converges fast on this side of the mean; the other side is its mirror image.
        return x < (a + 1) / (a + b + 2) ? front * Fraction(a, b, x) / a : 1 - (front * Fraction(b, a, rest) / b);
    }

    /// <summary>ln Γ(x) for x above 0, by Lanczos's series with g = 7.</summary>
    public static double LogGamma(double x)
    {
        if (x < 0.5)
        {
            return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        }

        double below = x - 1, sum = lanczos[0], shifted = below + lanczos.Length - 1.5;
        for (int i = 1; i < lanczos.Length; i++)
        {
            sum += lanczos[i] / (below + i);
        }

        return (0.5 * Math.Log(2 * Math.PI)) + ((below + 0.5) * Math.Log(shifted)) - shifted + Math.Log(sum);
    }

    static double Fraction(double a, double b, double x)
    {
        double c = 1, d = Inverse(1 - ((a + b) * x / (a + 1))), value = d;
        for (int m = 1; m <= MostTerms; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            (c, d) = (Away(1 + (even / c)), Inverse(1 + (even * d)));
            value *= c * d;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            (c, d) = (Away(1 + (odd / c)), Inverse(1 + (odd * d)));
            value *= c * d;
            if (Math.Abs((c * d) - 1) <= Precision)
            {
                break;
            }
        }

        return value;
    }

    static double Away(double value) => Math.Abs(value) < Smallest ? Smallest : value;

    static double Inverse(double value) => 1 / Away(value);
}
