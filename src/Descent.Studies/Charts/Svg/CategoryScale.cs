namespace Descent.Studies.Charts.Svg;

/// <summary>Names in slots of equal width; the value of a name is its place, from 0.</summary>
/// <param name="count">Number of names.</param>
/// <param name="start">Pixel where the first slot begins.</param>
/// <param name="end">Pixel where the last slot ends.</param>
/// <param name="nameRoom">Pixels at the top of each slot that its name takes; what is drawn shares the rest.</param>
sealed class CategoryScale(int count, double start, double end, double nameRoom = 0) : AxisScale(start, end)
{
    public override bool HasNames => true;

    public override double Base => 0;

    /// <summary>Pixels of one slot, with its name when that stands in it.</summary>
    public double Slot => Math.Abs(End - Start) / Math.Max(1, count);

    /// <summary>Pixels of one slot that are left for what is drawn.</summary>
    public double Room => Slot - nameRoom;

    /// <summary>Where the slot of a place begins, seen from the top.</summary>
    public double Top(double value) => Position(value) - (Room / 2) - nameRoom;

    protected override double Fraction(double value) =>
        ((value + 0.5) / Math.Max(1, count)) + (End == Start ? 0 : nameRoom / 2 / (End - Start));
}
