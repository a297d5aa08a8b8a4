namespace Descent.Studies.Charts.Svg;

/// <summary>Lines with their gaps, and bands.</summary>
static class LineDrawing
{
    const double DotSize = 5;

    public static void Draw(SvgWriter svg, Series series, PlotArea plot)
    {
        if (Decimation.Line(series.X, series.Y, plot) is not { } runs)
        {
            MarkerCloud.Draw(svg, series, plot, series.LineWidth);
            return;
        }

        var dots = runs.Where(run => run.Count == 1).ToList();
        if (series.X.Length == 1 || (runs.Count == 1 && dots.Count == 1))
        {
            foreach (var dot in dots)
            {
                MarkerDrawing.Draw(svg, ((ScatterTrace)series.Trace).Marker ?? new(), dot[0]);
            }

            return;
        }

        Path(svg, series, plot, runs.Where(run => run.Count > 1), series.LineWidth, DashArray(series.Dash));
        Path(svg, series, plot, dots, DotSize, null);
    }

    /// <summary>The area between a trace and the one before it.</summary>
    public static void DrawBand(SvgWriter svg, Series before, Series series, PlotArea plot)
    {
        var fill = ((ScatterTrace)series.Trace).FillColor is { } color ? Rgba.Parse(color) : series.Color with { Alpha = 0.5 };
        (series with { Color = fill }).Open(svg);
        string outline = BandPath.Of(series.X, before.Y, series.Y, plot);
        svg.Leaf("path", ("d", outline), ("fill", "currentColor"), ("fill-opacity", SvgValue.Fraction(fill.Alpha)));
        svg.Close();
    }

    /// <summary>Dashes in multiples of a line two pixels wide; null is solid.</summary>
    public static string? DashArray(Dash dash) => dash switch
    {
        Dash.Dashed => "7 3",
        Dash.Dotted => "2 3",
        Dash.DashDot => "8 3 2 3",
        Dash.LongDash => "14 4",
        Dash.LongDashDot => "14 3 2 3",
        _ => null,
    };

    static void Path(SvgWriter svg, Series series, PlotArea plot, IEnumerable<IReadOnlyList<Vertex>> runs, double width, string? dashes)
    {
        var path = new PathData();
        foreach (var run in runs)
        {
            path.Polyline(run);
        }

        if (!path.IsEmpty)
        {
            svg.Open("path", ("d", path.ToString()), ("fill", "none"), ("stroke", "currentColor"), ("stroke-width", width),
                ("stroke-linejoin", "round"), ("stroke-linecap", dashes is null ? "round" : null), ("stroke-dasharray", dashes));
            svg.Words("title", series.Trace.HoverInfo == HoverInfo.Skip ? "" : Tooltips.Of(series, plot));
            svg.Close();
        }
    }
}
