namespace Descent.Studies.Charts.Svg;

/// <summary>Smallest and largest of the numbers that can be drawn.</summary>
/// <param name="isLog">Whether numbers must be above zero.</param>
sealed class Extent(bool isLog)
{
    public double Low { get; private set; } = double.PositiveInfinity;

    public double High { get; private set; } = double.NegativeInfinity;

    public bool IsEmpty => Low > High;

    public void Add(double value)
    {
        if (double.IsFinite(value) && (!isLog || value > 0))
        {
            Low = Math.Min(Low, value);
            High = Math.Max(High, value);
        }
    }

    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            Add(value);
        }
    }
}
