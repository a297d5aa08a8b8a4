using System.Globalization;

namespace Descent.Studies.Charts;

/// <summary>What a figure must keep to before it can be drawn.</summary>
static class FigureRules
{
    const double LeastLog = 1e-300;
    const int MostContours = 200;

    /// <exception cref="BadInputException">With the trace or the panel, the rule and the value.</exception>
    public static void Check(Figure figure)
    {
        for (int i = 0; i < figure.Data.Count; i++)
        {
            Check(figure, figure.Data[i], figure.Data[i].Name is { Length: > 0 } name ? $"trace \"{name}\"" : $"trace {i + 1}");
        }

        foreach (var contours in figure.Data.OfType<ContourTrace>())
        {
            Check(contours);
        }

        foreach (var (i, panel) in figure.Layout.Panels.Index())
        {
            Check(panel.X, $"x axis of panel {i + 1}");
            Check(panel.Y, $"y axis of panel {i + 1}");
            Require(!panel.HasEqualScales || (panel.X.Minimum ?? panel.X.Maximum ?? panel.Y.Minimum ?? panel.Y.Maximum) is not null,
                $"panel {i + 1}: axes of equal scales must give their ends.");
        }

        foreach (var panel in figure.Data.OfType<ScatterTrace>().GroupBy(trace => trace.Panel))
        {
            foreach (var (before, trace) in panel.Prepend(null).Zip(panel).Where(pair => pair.Second.Fill == Fill.ToNextY))
            {
                Require(
                    before is not null && before.X.Numbers.SequenceEqual(trace.X.Numbers) && before.X.Names.SequenceEqual(trace.X.Names),
                    $"band \"{trace.Name}\": the trace before it must have the same x.");
            }
        }
    }

    static void Check(Figure figure, Trace trace, string place)
    {
        Require(trace.Panel >= 1 && trace.Panel <= figure.Layout.Panels.Count,
            $"{place}: its panel must lie in 1 to {figure.Layout.Panels.Count}, got {trace.Panel}.");
        if (trace is HeatmapTrace map)
        {
            Require(map.X.HasNames && map.Y.HasNames, $"{place}: the axes of a heat map must be names.");
            Require(map.Z.Count == map.Y.Count && map.Z.All(row => row.Numbers.Length == map.X.Count),
                $"{place}: a heat map must have a row a name of y and a number a name of x, got {map.Z.Count} rows for {map.Y.Count} names.");
            Require(map.Text.Count == 0 || (map.Text.Count == map.Y.Count && map.Text.All(row => row.Count == map.X.Count)), $"{place}: must have a text a cell.");
            Require(map.Minimum < map.Maximum, $"{place}: its scale must begin below its end, got {map.Minimum} to {map.Maximum}.");
            Require(map.ColorScale.Count > 1, $"{place}: its scale must have two colours or more, got {map.ColorScale.Count}.");
        }

        if (trace is PointTrace points)
        {
            int count = points.X.Count;
            Require(points.Y.Count == count, $"{place}: must have as many y as x, got {points.Y.Count} and {count}.");
            Require((points.HoverText?.Count ?? count) == count,
                $"{place}: must have a hover text a point, got {points.HoverText?.Count} for {count}.");
            Require((points.ErrorX?.Array.Count ?? count) == count && (points.ErrorY?.Array.Count ?? count) == count,
                $"{place}: must have an error bar a point, got {points.ErrorX?.Array.Count ?? points.ErrorY?.Array.Count} for {count}.");
            Require((points as ScatterTrace)?.Motion?.Frames?.All(frame => frame.Y.Numbers.Length == count) ?? true, $"{place}: every frame must have a number a point, {count}.");
            Require(((points as BarTrace)?.Text?.Count ?? count) == count,
                $"{place}: must have a text a bar, got {(points as BarTrace)?.Text?.Count} for {count}.");
        }
    }

    static void Check(ContourTrace trace)
    {
        int columns = trace.X.Count, rows = trace.Y.Count;
        Require(columns > 1 && rows > 1 && IsRising(trace.X.Numbers) && IsRising(trace.Y.Numbers),
            $"contours: x and y must be two numbers or more, rising, got {columns} and {rows}.");
        Require(trace.Z.Count == rows && trace.Z.All(row => row.Numbers.Length == columns),
            $"contours: z must have {rows} rows of {columns} numbers.");
        var (start, end, size) = trace.Contours;
        Require(size > 0 && end >= start && (end - start) / size <= MostContours,
            string.Create(CultureInfo.InvariantCulture, $"contours: at most {MostContours} lines, got {start} to {end} by {size}."));
    }

    static bool IsRising(ReadOnlySpan<double> numbers)
    {
        for (int i = 1; i < numbers.Length; i++)
        {
            if (!(numbers[i] > numbers[i - 1]))
            {
                return false;
            }
        }

        return true;
    }

    static void Check(Axis axis, string place)
    {
        Require(axis.Minimum is not { } low || axis.Maximum is not { } high || low < high,
            $"{place}: must begin below its end, got {axis.Minimum} to {axis.Maximum}.");
        Require(double.IsFinite(axis.Minimum ?? 0) && double.IsFinite(axis.Maximum ?? 0), $"{place}: its ends must be finite.");
        Require(axis.Type != AxisType.Log || ((axis.Minimum ?? 1) >= LeastLog && (axis.Maximum ?? 1) >= LeastLog),
            $"{place}: the ends of a log axis must be above zero, at least {LeastLog}, got {axis.Minimum ?? axis.Maximum}.");
    }

    static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new BadInputException($"figure: {message}");
        }
    }
}
