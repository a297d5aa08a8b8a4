using System.Globalization;
using Descent.Analysis;
using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;

namespace Descent.Studies.Pictures;

/// <summary>A loss landscape as a surface in space: patches from back to front, darker where the loss is higher.</summary>
public static class LandscapeSurface
{
    const double Width = 760, Height = 690, Left = 90, Top = 222, Turn = 35 * Math.PI / 180, Tilt = 28 * Math.PI / 180, Size = 420, Rise = 0.62, TickLength = 5;

    /// <param name="highest">Losses above it are drawn at it; null for the largest finite one.</param>
    public static void Write(Landscape landscape, string place, TextWriter writer, double? highest = null)
    {
        double low = landscape.Minimum, top = highest ?? landscape.Maximum;
        var space = new Space(landscape, low, Math.Max(top, low + double.Epsilon));
        using var svg = new SvgWriter(writer);
        svg.Open("svg", ("width", Width), ("height", Height), ("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Height}")), ("class", "descent-chart"),
            ("role", "img"));
        svg.Words("title", "Loss landscape");
        svg.Words("desc", $"{place}. Loss from {Numbers.Significant(low)} to {Numbers.Significant(landscape.Maximum)}.");
        svg.Words("style", SvgTheme.Css);
        svg.Leaf("rect", ("class", "surface"), ("width", Width), ("height", Height));
        svg.Words("text", "Loss landscape", ("x", 14.0), ("y", 28.0), ("class", "title"));
        Subtitle(svg, [.. place.Split("; "), $"Height and shade: loss from {Numbers.Significant(low, 4)} to {Numbers.Significant(top, 4)}"
            + $"{(top < landscape.Maximum ? $", cut off there (up to {Numbers.Significant(landscape.Maximum, 4)})" : "")}; the ring is the centre, "
            + $"{Numbers.Significant(landscape.CenterLoss, 4)}."]);
        Floor(svg, space);
        Patches(svg, landscape, space);
        Center(svg, landscape, space);
        svg.Close();
    }

    static void Subtitle(SvgWriter svg, IReadOnlyList<string> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            svg.Words("text", lines[i], ("x", 14.0), ("y", 50 + (18.0 * i)), ("class", "muted"));
        }
    }

    static void Floor(SvgWriter svg, Space space)
    {
        Vertex[] corners = [Space.At(0, 0, 0), Space.At(1, 0, 0), Space.At(1, 1, 0), Space.At(0, 1, 0)];
        svg.Leaf("path", ("d", PathOf(corners)), ("fill", "none"), ("class", "axis"));
        foreach (var (x, y) in (ReadOnlySpan<(double, double)>)[(0, 0), (1, 0), (0, 1)])
        {
            svg.Leaf("path", ("d", PathOf([Space.At(x, y, 0), Space.At(x, y, 1)], isClosed: false)), ("fill", "none"), ("class", "grid"));
        }

        foreach (var (height, loss) in (ReadOnlySpan<(double, double)>)[(0, space.Low), (0.5, 0.5 * (space.Low + space.Highest)), (1, space.Highest)])
        {
            var at = Space.At(0, 0, height);
            svg.Leaf("path", ("d", PathOf([at, at with { X = at.X - TickLength }], isClosed: false)), ("fill", "none"), ("class", "axis"));
            svg.Words("text", Numbers.Significant(loss, 3), ("x", at.X - TickLength - 4), ("y", at.Y + 4), ("class", "tick"), ("text-anchor", "end"));
        }

        Label(svg, Space.At(0.5, -0.09, 0), $"first direction, {space.XRange}", "end");
        Label(svg, Space.At(1.09, 0.5, 0), $"second direction, {space.YRange}", "start");
    }

    static void Label(SvgWriter svg, Vertex at, string text, string anchor) => svg.Words("text", text, ("x", at.X), ("y", at.Y), ("class", "tick"), ("text-anchor", anchor));

    /// <summary>From the far corner to the near one, so that what is nearer hides what is behind it.</summary>
    static void Patches(SvgWriter svg, Landscape landscape, Space space)
    {
        int columns = landscape.X.Count - 1, rows = landscape.Y.Count - 1;
        svg.Open("g", ("stroke", "#08306B"), ("stroke-width", 0.4), ("stroke-opacity", SvgValue.Fraction(0.45)), ("stroke-linejoin", "round"));
        foreach (var (column, row) in Enumerable.Range(0, columns).SelectMany(column => Enumerable.Range(0, rows).Select(row => (column, row)))
            .OrderByDescending(cell => Space.Depth((cell.column + 0.5) / columns, (cell.row + 0.5) / rows)))
        {
            Vertex[] corners = [Corner(column, row), Corner(column + 1, row), Corner(column + 1, row + 1), Corner(column, row + 1)];
            double height = (space.Height(column, row) + space.Height(column + 1, row) + space.Height(column + 1, row + 1) + space.Height(column, row + 1)) / 4;
            svg.Leaf("path", ("d", PathOf(corners)), ("fill", ColorStop.Of(ColorStop.Blues, 0.08 + (0.8 * height)).Opaque));
        }

        svg.Close();

        Vertex Corner(int column, int row) => Space.At((double)column / columns, (double)row / rows, space.Height(column, row));
    }

    static void Center(SvgWriter svg, Landscape landscape, Space space)
    {
        double x = -landscape.X[0] / (landscape.X[^1] - landscape.X[0]), y = -landscape.Y[0] / (landscape.Y[^1] - landscape.Y[0]);
        if (x is >= 0 and <= 1 && y is >= 0 and <= 1)
        {
            var at = Space.At(x, y, space.Height(landscape.CenterLoss));
            svg.Leaf("circle", ("cx", at.X), ("cy", at.Y), ("r", 5.0), ("fill", "none"), ("stroke", Palette.Color(1)), ("stroke-width", 2.0));
        }
    }

    static string PathOf(IReadOnlyList<Vertex> corners, bool isClosed = true) => string.Concat(corners.Select((corner, i) =>
        string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{corner.X:0.#} {corner.Y:0.#}"))) + (isClosed ? "Z" : "");

    /// <summary>From the unit cube to the drawing, in a parallel projection.</summary>
    sealed class Space(Landscape landscape, double low, double top)
    {
        public double Low => low;

        public double Highest => top;

        public string XRange => Range(landscape.X);

        public string YRange => Range(landscape.Y);

        public static Vertex At(double x, double y, double height)
        {
            double across = ((x - 0.5) * Math.Cos(Turn)) + ((y - 0.5) * Math.Sin(Turn)), depth = Depth(x, y);
            return new(Left + (Size * (0.7 + across)), Top + (Size * (0.72 - (depth * Math.Sin(Tilt)) - (height * Rise * Math.Cos(Tilt)))));
        }

        public static double Depth(double x, double y) => ((y - 0.5) * Math.Cos(Turn)) - ((x - 0.5) * Math.Sin(Turn));

        public double Height(int column, int row) => Height(landscape.Losses[row][column]);

        public double Height(double loss) => double.IsFinite(loss) ? Math.Clamp((loss - low) / (top - low), 0, 1) : 1;

        static string Range(IReadOnlyList<double> values) => $"{Numbers.Significant(values[0], 3)} to {Numbers.Significant(values[^1], 3)}";
    }
}
