namespace Descent.Studies.Charts.Svg;

/// <summary>From values of one axis to pixels of one direction.</summary>
/// <param name="start">Pixel of the axis's beginning.</param>
/// <param name="end">Pixel of its end; above <paramref name="start"/> or below.</param>
abstract class AxisScale(double start, double end)
{
    /// <summary>Positions beyond this many lengths of the axis look the same and are kept from growing without bound.</summary>
    const double Beyond = 8;

    /// <summary>Marks with their labels, in ascending order of the value; minor ones have no label.</summary>
    public required IReadOnlyList<Tick> Ticks { get; init; }

    /// <summary>Whether the label names of categories are drawn in place of numbers.</summary>
    public virtual bool HasNames => false;

    public double Start => start;

    public double End => end;

    /// <summary>The pixel of a value; NaN where it has none: gaps, the infinities, and zero on a log axis.</summary>
    public double Position(double value)
    {
        double fraction = Fraction(value);
        return double.IsNaN(fraction) || !double.IsFinite(value) ? double.NaN
            : start + (Math.Clamp(fraction, -Beyond, 1 + Beyond) * (end - start));
    }

    /// <summary>Whether the value lies on the axis as drawn.</summary>
    public bool Shows(double value) => Fraction(value) is >= -1e-9 and <= 1 + 1e-9;

    /// <summary>Where bars start: at zero, or at the axis's beginning when zero is not on it.</summary>
    public abstract double Base { get; }

    /// <summary>0 at the axis's beginning, 1 at its end.</summary>
    protected abstract double Fraction(double value);
}

/// <summary>A mark on an axis.</summary>
readonly record struct Tick(double Value, string Label)
{
    public bool IsMinor => Label.Length == 0;
}
