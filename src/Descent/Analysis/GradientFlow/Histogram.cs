namespace Descent.Analysis;

/// <summary>How often values fall between evenly spaced edges. What lies beyond them counts in the first and the last bin.</summary>
public sealed class Histogram
{
    readonly long[] counts;
    readonly double low, width;

    /// <param name="bins">At least 1.</param>
    public Histogram(double low, double high, int bins)
    {
        counts = new long[bins];
        (this.low, width) = (low, (high - low) / bins);
    }

    /// <summary>The middle of each bin.</summary>
    public IReadOnlyList<double> Centers => [.. Enumerable.Range(0, counts.Length).Select(i => low + ((i + 0.5) * width))];

    public IReadOnlyList<long> Counts => counts;

    /// <summary>Takes a value in; one that is not a number counts nowhere.</summary>
    public void Add(double value)
    {
        if (!double.IsNaN(value))
        {
            counts[(int)Math.Clamp((value - low) / width, 0, counts.Length - 1)]++;
        }
    }
}
