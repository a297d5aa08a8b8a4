namespace Descent.Studies.Charts.Svg;

/// <summary>The bars of one trace, from zero, with whiskers and the values at their ends.</summary>
sealed class BarDrawing
{
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
        double slot = ((CategoryScale)places).Room;
        (thickness, offset) = BarText.Place(series, plot.View, slot);
        isTurned = BarText.IsTurned(plot.View, slot);
    }

    public void Draw()
    {
        for (int i = 0; i < series.X.Length; i++)
        {
            double value = isHorizontal ? series.X[i] : series.Y[i];
            double across = places.Position(isHorizontal ? series.Y[i] : series.X[i]) + offset;
            double start = values.Position(values.Base);
            double end = Math.Clamp(values.Position(value), Math.Min(values.Start, values.End), Math.Max(values.Start, values.End));
            var errors = isHorizontal ? series.Trace.ErrorX : series.Trace.ErrorY;
            var (low, high) = Whisker.Ends(values, value, errors, i);
            if (!double.IsNaN(end))
            {
                Bar(across, start, end, i);
                Whisker.Draw(svg, isHorizontal ? AxisLetter.X : AxisLetter.Y, across, low, high);
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
}
