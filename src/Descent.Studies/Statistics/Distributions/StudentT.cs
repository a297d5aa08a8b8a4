namespace Descent.Studies.Statistics.Distributions;

/// <summary>Student's t distribution.</summary>
public static class StudentT
{
    const int MostSteps = 200;

    /// <summary>The share below t: ½·I_{ν/(ν+t²)}(ν/2, ½) in the lower tail (Abramowitz and Stegun 26.7.1).</summary>
    /// <param name="t">Any number.</param>
    /// <param name="freedom">Degrees of freedom ν, above 0.</param>
    public static double Below(double t, double freedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(freedom);
        if (double.IsNaN(t) || double.IsInfinity(t))
        {
            return double.IsNaN(t) ? t : t < 0 ? 0 : 1;
        }

        double tail = 0.5 * IncompleteBeta.At(0.5 * freedom, 0.5, freedom / (freedom + (t * t)), t * t / (freedom + (t * t)));
        return t < 0 ? tail : 1 - tail;
    }

    /// <summary>How likely it is to lie as far from 0 as t or farther, to either side.</summary>
    public static double TwoSided(double t, double freedom) => 2 * Below(-Math.Abs(t), freedom);

    /// <summary>The t below which the share lies.</summary>
    /// <param name="share">In (0, 1).</param>
    /// <param name="freedom">Degrees of freedom, above 0.</param>
    public static double Quantile(double share, double freedom)
    {
        if (share is <= 0 or >= 1 or double.NaN)
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must lie in (0, 1).");
        }

        if (share > 0.5)
        {
            // Near 1 the share has lost digits that the lower tail still has.
            return -Quantile(1 - share, freedom);
        }

        double low = -1, high = 0;
        while (Below(low, freedom) > share)
        {
            (low, high) = (2 * low, low);
        }

        // Newton's steps, halving where they would leave the bracket.
        double t = 0.5 * (low + high);
        for (int step = 0; step < MostSteps; step++)
        {
            double error = Below(t, freedom) - share, newton = t - (error / Density(t, freedom));
            (low, high) = error > 0 ? (low, t) : (t, high);
            double next = newton > low && newton < high ? newton : 0.5 * (low + high);
            if (Math.Abs(next - t) <= 1e-15 * Math.Abs(t))
            {
                return next;
            }

            t = next;
        }

        return t;
    }

    static double Density(double t, double freedom) => Math.Exp(IncompleteBeta.LogGamma(0.5 * (freedom + 1)) - IncompleteBeta.LogGamma(0.5 * freedom)
        - (0.5 * (freedom + 1) * Math.Log(1 + (t * t / freedom)))) / Math.Sqrt(freedom * Math.PI);
}
