using Descent.Analysis;
using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>How the eigenvalues of a Hessian are distributed.</summary>
public static class SpectrumFigure
{
    const int Points = 600;

    // Of the span of the spectrum: wide enough to join neighbouring nodes, narrow enough to keep outliers apart.
    const double Width = 1.0 / 150;

    // A Gauss node weighs at least this much of one eigenvalue to be drawn.
    const double Fewest = 0.05;

    public static Figure Draw(HessianSpectrum spectrum, string place)
    {
        var density = spectrum.Density ?? throw new ArgumentException("The spectrum was computed without its density.", nameof(spectrum));
        double low = Math.Min(density.Nodes[0], spectrum.Smallest.Count > 0 ? spectrum.Smallest[0].Value : density.Nodes[0]);
        double high = Math.Max(density.Nodes[^1], spectrum.Largest[0].Value), span = Math.Max(high - low, double.Epsilon), deviation = span * Width;
        int count = spectrum.Largest[0].Vector.Length;
        double floor = Fewest / count / (deviation * Math.Sqrt(2 * Math.PI));
        double[] x = [.. Enumerable.Range(0, Points + 1).Select(i => low - (0.03 * span) + (i * 1.06 * span / Points))];
        return new Figure
        {
            Data =
            [
                new ScatterTrace
                {
                    Name = "density",
                    X = x,
                    Y = x.Select(at => Math.Max(density.At(at, deviation), floor)).ToArray(),
                    Line = Palette.Line(0) with { Dash = Dash.Solid },
                },
                new ScatterTrace
                {
                    Name = "eigenvalues found one by one",
                    X = spectrum.Largest.Concat(spectrum.Smallest).Select(pair => pair.Value).ToArray(),
                    Y = spectrum.Largest.Concat(spectrum.Smallest).Select(_ => floor * 2).ToArray(),
                    Mode = ScatterMode.Markers,
                    Marker = new(Palette.Color(1), 9, MarkerSymbol.Triangle),
                    HoverText = [.. spectrum.Largest.Concat(spectrum.Smallest).Select(pair => $"{Numbers.Significant(pair.Value, 6)} ± {Numbers.Significant(pair.Residual, 2)}")],
                },
            ],
            Layout = new Layout
            {
                Title = "Spectral density of the Hessian",
                Subtitle = $"{place}. {density.Starts} random starts, {density.Nodes.Count / density.Starts} Lanczos steps each; each node is widened to a normal distribution "
                    + $"of {Numbers.Significant(deviation, 2)}.",
                Description = $"The density of the {count} eigenvalues from {Numbers.Significant(low)} to {Numbers.Significant(high)}, on a log axis.",
                Panels =
                [
                    new Panel { X = new() { Title = "eigenvalue" }, Y = new() { Title = "density", Type = AxisType.Log, Minimum = floor } },
                ],
            },
        };
    }
}
