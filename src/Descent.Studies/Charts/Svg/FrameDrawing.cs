namespace Descent.Studies.Charts.Svg;

/// <summary>Everything of a panel that is not data: titles, grid, axes and their labels.</summary>
sealed class FrameDrawing(SvgWriter svg, PanelLayout layout, PlotArea plot)
{
    const double Baseline = 4;

    /// <summary>What lies behind the data.</summary>
    public void DrawBehind()
    {
        var ticks = new[] { (Axis: AxisLetter.X, Scale: plot.X), (Axis: AxisLetter.Y, Scale: plot.Y) }
            .Where(x => !x.Scale.HasNames && !layout.View.IsEmpty)
            .SelectMany(x => x.Scale.Ticks.Select(tick => (x.Axis, tick.Value, tick.IsMinor)));
        foreach (var (axis, value, isMinor) in ticks.OrderBy(tick => !tick.IsMinor))
        {
            Across(axis, value, isMinor ? "minor" : "grid", null);
        }

        foreach (var line in Lines())
        {
            Across(line.Axis, line.Value, "reference", "5 4");
        }
    }

    /// <summary>What lies around the data and before it.</summary>
    public void DrawAround(double left)
    {
        var view = layout.View;
        if (!view.Panel.X.IsHidden)
        {
            svg.Leaf("line", ("class", "axis"), ("x1", 0), ("y1", plot.Height), ("x2", plot.Width), ("y2", plot.Height));
        }

        double end = left + plot.Width;
        svg.Text(TextMetrics.Fit(view.Panel.Title, end, 14), -left, PanelLayout.HeadingHeight - 8 - layout.Top, "heading");
        double lines = layout.HasLineText ? PanelLayout.TitleHeight : 0;
        svg.Text(TextMetrics.Fit(view.Panel.Y.Title, end, 12), -left, -PanelLayout.Gap - 3 - lines, "muted");
        svg.Text(TextMetrics.Fit(view.Panel.X.Title, end, 12), plot.Width / 2, plot.Height + layout.Bottom - 6, "muted", "middle");
        if (view.IsEmpty)
        {
            svg.Text("no data", plot.Width / 2, plot.Height / 2, "muted", "middle");
            return;
        }

        XLabels();
        YLabels();
        LineTexts();
    }

    /// <summary>A line from one side of the plot to the other at a value of an axis.</summary>
    void Across(AxisLetter axis, double value, string style, string? dashes)
    {
        double at = (axis == AxisLetter.X ? plot.X : plot.Y).Position(value);
        var (from, to) = axis == AxisLetter.X
            ? (new Vertex(at, 0), new Vertex(at, plot.Height))
            : (new Vertex(0, at), new Vertex(plot.Width, at));
        svg.Leaf("line", ("class", style), ("x1", from.X), ("y1", from.Y), ("x2", to.X), ("y2", to.Y), ("stroke-dasharray", dashes));
    }

    void XLabels()
    {
        foreach (var (i, tick) in plot.X.Ticks.Index())
        {
            double x = plot.X.Position(tick.Value);
            if (layout.XNames is not { } names)
            {
                svg.Text(tick.Label, x, plot.Height + 16, "tick", "middle");
            }
            else if (names.IsTurned)
            {
                svg.TurnedText(names.Labels[i][0], x + 4, plot.Height + 14, -NameLabels.Slant, null, "end");
            }
            else
            {
                foreach (var (row, line) in names.Labels[i].Index())
                {
                    svg.Text(line, x, plot.Height + 16 + (row * NameLabels.LineHeight), null, "middle");
                }
            }
        }
    }

    void YLabels()
    {
        foreach (var (i, tick) in plot.Y.Ticks.Index())
        {
            double y = plot.Y.Position(tick.Value) + Baseline;
            if (layout.YNames is not { } names)
            {
                svg.Text(tick.Label, -PanelLayout.Gap, y, "tick", "end");
            }
            else if (names.RoomAbove > 0)
            {
                svg.HaloedText(names.Labels[i][0], 0, ((CategoryScale)plot.Y).Top(tick.Value) + 12, "value");
            }
            else
            {
                double first = y - ((names.Labels[i].Count - 1) * NameLabels.LineHeight / 2);
                foreach (var (row, line) in names.Labels[i].Index())
                {
                    svg.Text(line, -PanelLayout.Gap, first + (row * NameLabels.LineHeight), null, "end");
                }
            }
        }
    }

    void LineTexts()
    {
        foreach (var line in Lines().Where(line => line.Text.Length > 0))
        {
            if (line.Axis == AxisLetter.Y)
            {
                double y = plot.Y.Position(line.Value);
                svg.HaloedText(line.Text, 6, y < 20 ? y + 15 : y - 5, "tick");
            }
            else
            {
                double half = TextMetrics.Width(line.Text, AxisScales.TickSize) / 2;
                svg.Text(line.Text, Math.Clamp(plot.X.Position(line.Value), half, Math.Max(half, plot.Width - half)), -5, "tick", "middle");
            }
        }
    }

    IEnumerable<ReferenceLine> Lines() => layout.View.IsEmpty ? [] : layout.View.Panel.ReferenceLines
        .Where(line => double.IsFinite(line.Value) && (line.Axis == AxisLetter.X ? plot.X : plot.Y).Shows(line.Value));
}
