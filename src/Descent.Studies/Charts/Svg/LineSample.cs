namespace Descent.Studies.Charts.Svg;

/// <summary>A short piece of a series' line for use in text and tables, in the colours of <see cref="SvgTheme.Css"/>.</summary>
public static class LineSample
{
    const double Width = 26, Height = 10;

    public static string Render(Rgba color, Dash dash)
    {
        using var text = new StringWriter();
        using (var svg = new SvgWriter(text))
        {
            svg.Open("svg", ("class", "descent-chart sample"), ("width", Width), ("height", Height), ("aria-hidden", "true"));
            string? style = SvgTheme.ClassOf(color);
            svg.Open("g", ("class", style), ("color", style is null ? color.Opaque : null));
            svg.Leaf("line", ("x1", 0), ("x2", Width), ("y1", Height / 2), ("y2", Height / 2), ("stroke", "currentColor"),
                ("stroke-width", 2.5), ("stroke-dasharray", LineDrawing.DashArray(dash)));
            svg.Close();
            svg.Close();
        }

        return text.ToString();
    }
}
