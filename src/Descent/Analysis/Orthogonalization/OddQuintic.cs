namespace Descent.Analysis;

/// <summary>p(σ) = a·σ + b·σ³ + c·σ⁵: what a step of Newton and Schulz does to every singular value.</summary>
public readonly record struct OddQuintic(double A, double B, double C)
{
    const int Settled = 2000, Watched = 2000, Starts = 400;

    /// <summary>p(1) = a + b + c: the step keeps 1 where this is 1.</summary>
    public double CoefficientSum => Math.Round(A + B + C, 10);

    /// <summary>The positive σ with p(σ) = σ, rising.</summary>
    public IReadOnlyList<FixedPoint> FixedPoints
    {
        get
        {
            // c·s² + b·s + (a − 1) = 0 for s = σ².
            double root = (B * B) - (4 * C * (A - 1));
            double[] squares = root < 0 ? [] : [(-B - Math.Sqrt(root)) / (2 * C), (-B + Math.Sqrt(root)) / (2 * C)];
            var curve = this;
            return [.. squares.Where(s => s > 0).Select(Math.Sqrt).Distinct().Order().Select(x => new FixedPoint(x, curve.Slope(x)))];
        }
    }

    public double At(double x) => x * (A + (x * x * (B + (C * x * x))));

    /// <summary>p′(σ).</summary>
    public double Slope(double x) => A + (x * x * ((3 * B) + (5 * C * x * x)));

    /// <summary>The least and the largest value that steps without end come by, from starts all over (0, 1]; infinite where they leave every bound.</summary>
    public (double Low, double High) LongRunBand()
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int i = 1; i <= Starts; i++)
        {
            double x = (double)i / Starts;
            for (int step = 0; step < Settled + Watched; step++)
            {
                x = At(x);
                if (step >= Settled)
                {
                    (low, high) = (Math.Min(low, Math.Abs(x)), Math.Max(high, Math.Abs(x)));
                }
            }
        }

        return double.IsFinite(high) ? (low, high) : (0, double.PositiveInfinity);
    }
}

/// <summary>Where p(σ) = σ.</summary>
/// <param name="Slope">p′ there. Values near the point come nearer where it lies between −1 and 1, and leave it elsewhere.</param>
public readonly record struct FixedPoint(double Value, double Slope)
{
    public bool Attracts => Math.Abs(Slope) < 1;
}
