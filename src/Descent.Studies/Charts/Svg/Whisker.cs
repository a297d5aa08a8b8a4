namespace Descent.Studies.Charts.Svg;

/// <summary>Error bars.</summary>
static class Whisker
{
    const double Cap = 4;

    /// <summary>One error bar between two ends along x or along y, at a place across it.</summary>
    public static void Draw(SvgWriter svg, bool isHorizontal, double across, double low, double high)
    {
        if (double.IsNaN(low + high) || low == high)
        {
            return;
        }

        var path = new PathData();
        path.Polyline([At(low, across), At(high, across)]);
        path.Polyline([At(low, across - Cap), At(low, across + Cap)]);
        path.Polyline([At(high, across - Cap), At(high, across + Cap)]);
        svg.Leaf("path", ("class", "whisker"), ("d", path.ToString()), ("fill", "none"), ("stroke-width", 1.5));

        Vertex At(double along, double place) => isHorizontal ? new(along, place) : new(place, along);
    }

    /// <summary>The error bars of markers and lines; what lies beyond the plot is not drawn.</summary>
    public static void DrawAll(SvgWriter svg, Series series, PlotArea plot)
    {
        for (int i = 0; i < series.X.Length; i++)
        {
            if (plot.Inside(series.X[i], series.Y[i]) is { } at)
            {
                Draw(svg, true, at.Y, End(plot.X, series.X[i], series.Trace.ErrorX, i, -1), End(plot.X, series.X[i], series.Trace.ErrorX, i, +1));
                Draw(svg, false, at.X, End(plot.Y, series.Y[i], series.Trace.ErrorY, i, -1), End(plot.Y, series.Y[i], series.Trace.ErrorY, i, +1));
            }
        }
    }

    /// <summary>Where an error bar ends: at its value, at the side of the plot when that is nearer, or nowhere (NaN) when there is none.</summary>
    public static double End(AxisScale scale, double value, ErrorBars? errors, int i, int sign)
    {
        if (errors is null || !double.IsFinite(errors.Array.Numbers[i]))
        {
            return double.NaN;
        }

        double end = scale.Position(value + (sign * errors.Array.Numbers[i]));
        return double.IsNaN(end) ? scale.Start : Math.Clamp(end, Math.Min(scale.Start, scale.End), Math.Max(scale.Start, scale.End));
    }
}
