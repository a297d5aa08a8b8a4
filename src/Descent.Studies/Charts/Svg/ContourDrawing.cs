namespace Descent.Studies.Charts.Svg;

/// <summary>A function of two variables behind the data of a panel: each height's line, and a little shade on what lies above it.</summary>
static class ContourDrawing
{
    const double Tolerance = 0.2, FillOpacity = 0.03, LineOpacity = 0.35;

    public static void Draw(SvgWriter svg, ContourTrace trace, PlotArea plot)
    {
        var grid = Grid.Of(trace);
        svg.Open("g", ("class", "contour"));
        foreach (double height in trace.Contours.Heights)
        {
            Path(svg, grid.Padded().At(height), plot, ("stroke", "none"), ("fill-opacity", SvgValue.Fraction(FillOpacity)),
                ("fill-rule", "evenodd"));
        }

        foreach (double height in trace.Contours.Heights)
        {
            Path(svg, grid.Lines().At(height), plot, ("fill", "none"), ("stroke-opacity", SvgValue.Fraction(LineOpacity)));
        }

        svg.Close();
    }

    static void Path(SvgWriter svg, IEnumerable<IReadOnlyList<Vertex>> lines, PlotArea plot,
        params ReadOnlySpan<(string Name, SvgValue Value)> attributes)
    {
        var path = new PathData();
        foreach (var line in lines)
        {
            path.Polyline(Simplification.Of([.. line.Select(vertex => plot[vertex.X, vertex.Y])], Tolerance));
        }

        if (!path.IsEmpty)
        {
            svg.Leaf("path", [("d", path.ToString()), .. attributes]);
        }
    }

    /// <summary>The numbers of a trace, those that are not finite above all others.</summary>
    sealed record Grid(double[] X, double[] Y, double[][] Z)
    {
        public static Grid Of(ContourTrace trace)
        {
            double[][] z = [.. trace.Z.Select(row => row.Numbers.ToArray())];
            double highest = z.SelectMany(row => row).Where(double.IsFinite).DefaultIfEmpty(0).Max();
            return new(trace.X.Numbers.ToArray(), trace.Y.Numbers.ToArray(),
                [.. z.Select(row => Array.ConvertAll(row, value => double.IsFinite(value) ? value : highest))]);
        }

        public IsoLines Lines() => new(X, Y, Z);

        /// <summary>With a rim below everything at the grid's own border, so that every line closes around what is above it.</summary>
        public IsoLines Padded()
        {
            double[] rim = new double[X.Length + 2];
            Array.Fill(rim, double.NegativeInfinity);
            return new([X[0], .. X, X[^1]], [Y[0], .. Y, Y[^1]],
                [rim, .. Z.Select(row => (double[])[double.NegativeInfinity, .. row, double.NegativeInfinity]), rim]);
        }
    }
}
