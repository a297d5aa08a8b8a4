namespace Descent.Studies.Charts.Svg;

/// <summary>Markers at points, of equal weight to the eye whatever their shape.</summary>
static class MarkerDrawing
{
    /// <summary>More markers than this cover each other anyway: they are drawn as one shape without tooltips.</summary>
    const int Most = 1000;

    public static void Draw(SvgWriter svg, Series series, PlotArea plot)
    {
        var marker = series.Marker!;
        if (series.X.Length > Most)
        {
            MarkerCloud.Draw(svg, series, plot, marker.Size);
            return;
        }

        for (int i = 0; i < series.X.Length; i++)
        {
            if (plot.Inside(series.X[i], series.Y[i]) is { } at)
            {
                Open(svg, marker, at);
                svg.Words("title", Tooltips.At(series, plot, i));
                svg.Close();
            }
        }
    }

    /// <summary>One marker, without a tooltip.</summary>
    public static void Draw(SvgWriter svg, Marker marker, Vertex at)
    {
        Open(svg, marker, at);
        svg.Close();
    }

    static void Open(SvgWriter svg, Marker marker, Vertex at)
    {
        double r = marker.Size / 2;
        (double X, double Y)[][] lines = marker.Symbol switch
        {
            MarkerSymbol.Square => [[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)]],
            MarkerSymbol.Diamond => [[(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)]],
            MarkerSymbol.Triangle => [[(0, -1.2), (1.15, 0.85), (-1.15, 0.85)]],
            MarkerSymbol.Cross => [[(0, -1.2), (0, 1.2)], [(-1.2, 0), (1.2, 0)]],
            MarkerSymbol.X => [[(-1, -1), (1, 1)], [(-1, 1), (1, -1)]],
            _ => [],
        };
        if (lines.Length == 0)
        {
            bool isRing = marker.Symbol == MarkerSymbol.Ring;
            svg.Open("circle", ("cx", at.X), ("cy", at.Y), ("r", r), ("fill", isRing ? "none" : "currentColor"),
                ("stroke", isRing ? "currentColor" : null), ("stroke-width", isRing ? "1.5" : null),
                ("pointer-events", isRing ? "all" : null));
            return;
        }

        var path = new PathData();
        foreach (var line in lines)
        {
            path.Polyline(line.Select(corner => new Vertex(at.X + (r * corner.X), at.Y + (r * corner.Y))));
        }

        bool isOpen = lines[0].Length == 2;
        svg.Open("path", ("d", path.ToString()), ("fill", isOpen ? "none" : "currentColor"),
            ("stroke", isOpen ? "currentColor" : null), ("stroke-width", isOpen ? "2" : null));
    }
}
