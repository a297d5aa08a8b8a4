namespace Descent.Studies.Charts.Svg;

/// <summary>The bars of one trace, from zero, with whiskers and the values at their ends.</summary>
sealed class BarDrawing
{
    const double Cap = 4;
    readonly SvgWriter svg;
    readonly Series series;
    readonly PlotArea plot;
    readonly bool isHorizontal, isTurned;
    readonly AxisScale places, values;
    readonly double thickness, offset;

    public BarDrawing(SvgWriter svg, Series series, PlotArea plot)
    {
        (this.svg, this.series, this.plot) = (svg, series, plot);
        isHorizontal = ((BarTrace)series.Trace).Orientation == Orientation.Horizontal;
        (places, values) = isHorizontal ? (plot.Y, plot.X) : (plot.X, plot.Y);
        double slot = ((CategoryScale)places).Slot;
        (thickness, offset) = BarText.Place(series, plot, slot);
        isTurned = BarText.IsTurned(plot.View, slot);
    }

    public void Draw()
    {
        for (int i = 0; i < series.X.Length; i++)
        {
            double value = isHorizontal ? series.X[i] : series.Y[i];
            double across = places.Position(isHorizontal ? series.Y[i] : series.X[i]) + offset;
            double start = values.Position(values.Base), end = values.Position(value);
            double error = (isHorizontal ? series.Trace.ErrorX : series.Trace.ErrorY)?.Array.Numbers[i] ?? double.NaN;
            var (low, high) = (values.Position(value - error), values.Position(value + error));
            if (!double.IsNaN(end))
            {
                Bar(across, start, end, i);
                Whisker(across, double.IsNaN(low) ? start : low, high);
            }

            // On the positive side there is room for the text, also beside a bar that points the other way.
            var ends = new[] { start, end, high }.Where(double.IsFinite);
            Value(across, isHorizontal ? ends.Max() : ends.Min(), BarText.Of(series, plot.View, i));
        }
    }

    void Bar(double across, double start, double end, int i)
    {
        var (low, length) = (Math.Min(start, end), Math.Abs(end - start));
        double side = across - (thickness / 2);
        var (x, y) = isHorizontal ? (low, side) : (side, low);
        var (width, height) = isHorizontal ? (length, thickness) : (thickness, length);
        series.Open(svg);
        svg.Open("rect", ("x", x), ("y", y), ("width", width), ("height", height), ("fill", "currentColor"));
        svg.Words("title", Tooltips.At(series, plot, i));
        svg.Close();
        svg.Close();
    }

    void Whisker(double across, double low, double high)
    {
        if (!double.IsNaN(high) && low != high)
        {
            var path = new PathData();
            path.Polyline([At(low, across), At(high, across)]);
            path.Polyline([At(low, across - Cap), At(low, across + Cap)]);
            path.Polyline([At(high, across - Cap), At(high, across + Cap)]);
            svg.Leaf("path", ("class", "whisker"), ("d", path.ToString()), ("fill", "none"), ("stroke-width", 1.5));
        }
    }

    void Value(double across, double tip, string text)
    {
        const double Baseline = 4;
        if (isHorizontal)
        {
            svg.HaloedText(text, tip + BarText.Gap, across + Baseline, "value");
        }
        else if (isTurned)
        {
            svg.TurnedText(text, across + Baseline, tip - BarText.Gap, -90, "value");
        }
        else
        {
            svg.Text(text, across, tip - BarText.Gap, "value", "middle");
        }
    }

    Vertex At(double along, double across) => isHorizontal ? new(along, across) : new(across, along);
}
