namespace Descent.Studies.Charts.Svg;

/// <summary>Error bars.</summary>
static class Whisker
{
    const double Cap = 4;

    /// <summary>One error bar along an axis between two ends, at a place across it.</summary>
    public static void Draw(SvgWriter svg, AxisLetter along, double across, double low, double high)
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

        Vertex At(double end, double place) => along == AxisLetter.X ? new(end, place) : new(place, end);
    }

    /// <summary>The error bars of markers and lines; what lies beyond the plot is not drawn.</summary>
    public static void DrawAll(SvgWriter svg, Series series, PlotArea plot)
    {
        for (int i = 0; i < series.X.Length; i++)
        {
            if (plot.Inside(series.X[i], series.Y[i]) is { } at)
            {
                var (left, right) = Ends(plot.X, series.X[i], series.Trace.ErrorX, i);
                var (bottom, top) = Ends(plot.Y, series.Y[i], series.Trace.ErrorY, i);
                Draw(svg, AxisLetter.X, at.Y, left, right);
                Draw(svg, AxisLetter.Y, at.X, bottom, top);
            }
        }
    }

    /// <summary>Where an error bar begins and ends: at its values, at the sides of the plot when these are nearer, or nowhere (NaN) when there is
    /// none.</summary>
    public static (double Low, double High) Ends(AxisScale scale, double value, ErrorBars? errors, int i)
    {
        double half = errors?.Array.Numbers[i] ?? double.NaN;
        return double.IsFinite(half) ? (End(value - half), End(value + half)) : (double.NaN, double.NaN);

        double End(double at)
        {
            double end = scale.Position(at);
            return double.IsNaN(end) ? scale.Start : Math.Clamp(end, Math.Min(scale.Start, scale.End), Math.Max(scale.Start, scale.End));
        }
    }
}
