namespace Descent.Studies.Statistics;

/// <summary>Where a sample lies, by measures that a single bad seed cannot move far.</summary>
public static class Location
{
    /// <summary>The middle value, or the mean of the middle two; NaN of nothing.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }

    /// <summary>The mean of the middle half: a quarter of the values, rounded down, is left out at each end, as rliable does (arXiv:2108.13264), so that of
    /// three values none is.</summary>
    public static double InterquartileMean(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int cut = sorted.Length / 4;
        return sorted.Length == 0 ? double.NaN : sorted.Skip(cut).Take(sorted.Length - (2 * cut)).Average();
    }

    /// <summary>The quantile of sorted values by linear interpolation between them (Hyndman and Fan's type 7, which is R's and numpy's).</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)Math.Floor(place), above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
