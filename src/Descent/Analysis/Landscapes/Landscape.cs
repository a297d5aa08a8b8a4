namespace Descent.Analysis;

/// <summary>Losses on a grid of a plane, or along a line, in the space of a model's parameters.</summary>
/// <param name="X">Coordinates along the first direction, rising.</param>
/// <param name="Y">Along the second, rising; a single 0 for a line.</param>
/// <param name="Losses">A row for each y.</param>
/// <param name="CenterLoss">At the coordinates (0, 0), which need not be on the grid.</param>
public sealed record Landscape(IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double[]> Losses, double CenterLoss)
{
    public bool IsLine => Y.Count == 1;

    /// <summary>The smallest finite loss; NaN where none is.</summary>
    public double Minimum => Finite.DefaultIfEmpty(double.NaN).Min();

    public double Maximum => Finite.DefaultIfEmpty(double.NaN).Max();

    /// <summary>Points whose loss is not finite.</summary>
    public int NotFinite => Losses.Sum(row => row.Count(x => !double.IsFinite(x)));

    IEnumerable<double> Finite => Losses.SelectMany(row => row).Where(double.IsFinite);

    /// <summary>Evenly spaced coordinates from −radius to radius, the middle one of an odd number exactly 0.</summary>
    public static double[] Centered(double radius, int count) => [.. Enumerable.Range(0, count).Select(i => radius * (((2.0 * i) / (count - 1)) - 1))];

    /// <summary>Evenly spaced coordinates from one end to the other.</summary>
    public static double[] Between(double from, double to, int count) => [.. Enumerable.Range(0, count).Select(i => from + ((to - from) * i / (count - 1)))];
}
