namespace Descent.Studies.Charts.Svg;

/// <summary>The cells of a heat map, with their texts in black or white, whichever is read more easily.</summary>
static class HeatmapDrawing
{
    const double Gap = 1, Baseline = 4, Size = 11;

    /// <summary>Relative luminance at which black and white have the same contrast, 4.6 : 1 (WCAG 2).</summary>
    const double MiddleLuminance = 0.179;

    public static void Draw(SvgWriter svg, HeatmapTrace map, PlotArea plot)
    {
        if (plot.X is not CategoryScale columns || plot.Y is not CategoryScale rows)
        {
            return;
        }

        for (int row = 0; row < map.Y.Count; row++)
        {
            for (int column = 0; column < map.X.Count; column++)
            {
                double x = columns.Position(plot.View.Names.X[map.X.Names[column]]), y = rows.Position(plot.View.Names.Y[map.Y.Names[row]]);
                Cell(svg, map, row, column, (x, y, columns.Slot - Gap, rows.Room - Gap));
            }
        }
    }

    static void Cell(SvgWriter svg, HeatmapTrace map, int row, int column, (double X, double Y, double Width, double Height) place)
    {
        double value = map.Z[row].Numbers[column];
        string text = map.Text.Count > 0 ? map.Text[row][column] : Numbers.Significant(value);
        bool isMeasured = double.IsFinite(value);
        var color = ColorStop.Of(map.ColorScale, (value - map.Minimum) / (map.Maximum - map.Minimum));
        svg.Open("rect", ("x", place.X - (place.Width / 2)), ("y", place.Y - (place.Height / 2)), ("width", place.Width), ("height", place.Height),
            ("fill", isMeasured ? color.Opaque : "none"));
        svg.Words("title", $"{map.Y.Names[row]}, {map.X.Names[column]}: {text}");
        svg.Close();
        string style = !isMeasured ? "tick" : Luminance(color) > MiddleLuminance ? "tick black" : "tick white";
        if (TextMetrics.Width(text, Size) <= place.Width)
        {
            svg.Text(text, place.X, place.Y + Baseline, style, "middle");
        }
    }

    static double Luminance(Rgba color) => (0.2126 * Linear(color.Red)) + (0.7152 * Linear(color.Green)) + (0.0722 * Linear(color.Blue));

    static double Linear(byte channel) => channel / 255.0 is var x && x <= 0.04045 ? x / 12.92 : Math.Pow((x + 0.055) / 1.055, 2.4);
}
