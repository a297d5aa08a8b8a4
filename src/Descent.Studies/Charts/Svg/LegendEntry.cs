namespace Descent.Studies.Charts.Svg;

/// <summary>A series as the legend shows it: a sample of its line, marker or bar, and its name.</summary>
sealed record LegendEntry(Series Series, string Name)
{
    public const double SampleWidth = 24, Gap = 7, Size = 12;

    public double Width => SampleWidth + Gap + TextMetrics.Width(Name, Size);

    /// <summary>Each series once, though it may be drawn in several panels; one without any point says so.</summary>
    public static IReadOnlyList<LegendEntry> Of(IReadOnlyList<PanelView> views) =>
    [
        .. views.SelectMany(view => view.Series.Where(series => series.IsInLegend)
                .Select(series => (series, hasPoint: view.HasPoint(series))))
            .GroupBy(x => (x.series.Name, x.series.Color, x.series.Dash, x.series.Marker?.Symbol))
            .Select(same => new LegendEntry(same.First().series, same.Key.Name + (same.Any(x => x.hasPoint) ? "" : " (no data)"))),
    ];

    /// <summary>Draws the entry with the middle of its sample's left end at the given point.</summary>
    public void Draw(SvgWriter svg, double x, double y, double room)
    {
        Series.Open(svg);
        if (Series.Trace is BarTrace)
        {
            svg.Leaf("rect", ("x", x + 6), ("y", y - 6), ("width", 12), ("height", 12), ("fill", "currentColor"));
        }

        if (Series.HasLine)
        {
            svg.Leaf("line", ("x1", x), ("y1", y), ("x2", x + SampleWidth), ("y2", y), ("stroke", "currentColor"),
                ("stroke-width", Series.LineWidth), ("stroke-dasharray", LineDrawing.DashArray(Series.Dash)));
        }

        if (Series.Marker is { } marker)
        {
            MarkerDrawing.Draw(svg, marker, new(x + (SampleWidth / 2), y));
        }

        svg.Close();
        svg.Text(TextMetrics.Fit(Name, room - SampleWidth - Gap, Size), x + SampleWidth + Gap, y + 4);
    }
}
