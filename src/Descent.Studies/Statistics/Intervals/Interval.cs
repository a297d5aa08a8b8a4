namespace Descent.Studies.Statistics.Intervals;

/// <summary>Values between which a quantity lies with a stated confidence.</summary>
/// <param name="Lower">May be −∞.</param>
/// <param name="Upper">May be ∞.</param>
/// <param name="Confidence">In (0, 1): of many such intervals this share holds the quantity.</param>
public readonly record struct Interval(double Lower, double Upper, double Confidence)
{
    /// <summary>What is claimed unless something else is asked for.</summary>
    public const double Usual = 0.95;

    /// <summary>Half its length.</summary>
    public double Half => 0.5 * (Upper - Lower);

    /// <summary>The part between two bounds of the quantity: it cannot lie elsewhere, so that the part holds it as often as the whole.</summary>
    public Interval Within(double lowest, double highest) => this with { Lower = Math.Clamp(Lower, lowest, highest), Upper = Math.Clamp(Upper, lowest, highest) };

    public bool Holds(double value) => value >= Lower && value <= Upper;
}
