namespace Descent.Studies.Statistics.Distributions;

/// <summary>The normal distribution with mean 0 and variance 1.</summary>
static class StandardNormal
{
    // Beyond it the series cancels, and the continued fraction of the tail converges fast.
    const double Tail = 3.5;
    const int TailTerms = 120;

    static readonly double[] a =
        [-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00];

    static readonly double[] b = [-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1];

    static readonly double[] c =
        [-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00];

    static readonly double[] d = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1];

    /// <summary>The density φ(x).</summary>
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>Φ(x), the share below x: Marsaglia's series (Journal of Statistical Software 11 (4), 2004), and Laplace's continued fraction in the
    /// tails.</summary>
    public static double Below(double x)
    {
        if (double.IsNaN(x) || double.IsInfinity(x))
        {
            return double.IsNaN(x) ? x : x < 0 ? 0 : 1;
        }

        if (Math.Abs(x) > Tail)
        {
            double above = UpperTail(Math.Abs(x));
            return x < 0 ? above : 1 - above;
        }

        double sum = x, term = x;
        for (int k = 3; Math.Abs(term) > 1e-17 * Math.Abs(sum) && term != 0; k += 2)
        {
            term *= x * x / k;
            sum += term;
        }

        return 0.5 + (sum * Density(x));
    }

    /// <summary>The x below which the share lies: Acklam's rational function, then one step of Halley's method.</summary>
    /// <param name="share">In (0, 1).</param>
    public static double Quantile(double share)
    {
        if (share is <= 0 or >= 1 or double.NaN)
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must lie in (0, 1).");
        }

        double x = Rational(share), error = (Below(x) - share) / Density(x);
        return x - (error / (1 + (0.5 * x * error)));
    }

    static double Rational(double share)
    {
        const double Low = 0.02425;
        if (share is >= Low and <= 1 - Low)
        {
            double middle = share - 0.5, square = middle * middle;
            return Polynomial(a, square) * middle / Polynomial(b, square);
        }

        double q = Math.Sqrt(-2 * Math.Log(share < Low ? share : 1 - share)), x = Polynomial(c, q) / Polynomial(d, q);
        return share < Low ? x : -x;
    }

    static double Polynomial(double[] coefficients, double x) => coefficients.Aggregate(0.0, (value, coefficient) => (value * x) + coefficient);

    static double UpperTail(double x)
    {
        double fraction = x;
        for (int k = TailTerms; k >= 1; k--)
        {
            fraction = x + (k / fraction);
        }

        return Density(x) / fraction;
    }
}
