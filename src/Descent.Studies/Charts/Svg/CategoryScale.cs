namespace Descent.Studies.Charts.Svg;

/// <summary>Names in slots of equal width; the value of a name is its place, from 0.</summary>
sealed class CategoryScale(int count, double start, double end) : AxisScale(start, end)
{
    public override bool HasNames => true;

    public override double Base => 0;

    /// <summary>Pixels of one slot.</summary>
    public double Slot => Math.Abs(End - Start) / Math.Max(1, count);

    protected override double Fraction(double value) => (value + 0.5) / Math.Max(1, count);
}
