namespace Descent.Studies.Charts.Svg;

/// <summary>A panel with its series and what its axes span: everything that does not depend on the size of the drawing.</summary>
sealed class PanelView
{
    const double ValuePadding = 0.04, MarkerPadding = 0.03;

    public PanelView(Figure figure, int index)
    {
        (Panel, BarMode) = (figure.Layout.Panels[index], figure.Layout.BarMode);
        Names = PanelNames.Of(figure, index + 1);
        Series = [.. Charts.Svg.Series.Of(figure, index + 1, Names)];
        Contours = [.. figure.Data.OfType<ContourTrace>().Where(trace => trace.Panel == index + 1)];
        bool isMarked = Series.Any(series => series.Marker is not null) && !Series.Any(series => series.HasLine);
        var (x, y) = (ExtentOf(AxisLetter.X), ExtentOf(AxisLetter.Y));
        Maps = [.. figure.Data.OfType<HeatmapTrace>().Where(trace => trace.Panel == index + 1)];
        IsEmpty = !Series.Any(HasPoint) && Maps.Count == 0 && Contours.Count == 0 && Panel.Images.Count == 0;
        // Contours end where their grid ends, and so does their panel.
        double valuePadding = Contours.Count > 0 ? 0 : ValuePadding;
        X = Domain.Of(Panel.X, x, Contours.Count > 0 ? 0 : HasBars(Orientation.Horizontal) ? ValuePadding : isMarked ? MarkerPadding : 0);
        Y = Domain.Of(Panel.Y, y, valuePadding);
        IsCounted = Contours.Count == 0 && X.To - X.From >= 2
            && Series.All(series => Array.TrueForAll(series.X, x => x == Math.Floor(x) || !double.IsFinite(x)));
    }

    public Panel Panel { get; }

    public BarMode BarMode { get; }

    public PanelNames Names { get; }

    public IReadOnlyList<Series> Series { get; }

    public IReadOnlyList<HeatmapTrace> Maps { get; }

    public IReadOnlyList<ContourTrace> Contours { get; }

    public Domain X { get; }

    public Domain Y { get; }

    /// <summary>Steps, epochs: every x is a whole number.</summary>
    public bool IsCounted { get; }

    /// <summary>Nothing can be drawn: no point has an x and a y, or none is above zero on a log axis.</summary>
    public bool IsEmpty { get; }

    public IEnumerable<Series> Bars => Series.Where(series => series.Trace is BarTrace);

    public bool HasBars(Orientation orientation) => Series.Any(series => series.Trace is BarTrace bars && bars.Orientation == orientation);

    /// <summary>Whether any point of the series has a place in the panel. A bar without a number has one when it says why.</summary>
    public bool HasPoint(Series series)
    {
        for (int i = 0; i < series.X.Length; i++)
        {
            if (Has(Panel.X, series.X[i]) && Has(Panel.Y, series.Y[i]))
            {
                return true;
            }
        }

        return series.Trace is BarTrace { Text: { } texts } && texts.Any(text => text.Length > 0);
    }

    public string XText(double value) => Text(Panel.X, Names.X, value);

    public string YText(double value) => Text(Panel.Y, Names.Y, value);

    static string Text(Axis axis, IReadOnlyDictionary<string, int> names, double value) =>
        names.Count > 0 ? names.First(x => x.Value == (int)value).Key
        : axis.Format == ValueFormat.Percent ? Numbers.Percent(value)
        : Numbers.Significant(value, 5);

    static bool Has(Axis axis, double value) => double.IsFinite(value) && (axis.Type != AxisType.Log || value > 0);

    Extent ExtentOf(AxisLetter letter)
    {
        var axis = letter == AxisLetter.X ? Panel.X : Panel.Y;
        var extent = new Extent(axis.Type == AxisType.Log);
        foreach (var series in Series)
        {
            var values = letter == AxisLetter.X ? series.X : series.Y;
            extent.Add(values);
            var errors = (letter == AxisLetter.X ? series.Trace.ErrorX : series.Trace.ErrorY) is { } error ? error.Array.Numbers : [];
            for (int i = 0; i < errors.Length; i++)
            {
                extent.Add(values[i] - errors[i]);
                extent.Add(values[i] + errors[i]);
            }

            var lengthwise = letter == AxisLetter.X ? Orientation.Horizontal : Orientation.Vertical;
            if (series.Trace is BarTrace bars && bars.Orientation == lengthwise)
            {
                extent.Add(0);
            }
        }

        foreach (var contours in Contours)
        {
            extent.Add((letter == AxisLetter.X ? contours.X : contours.Y).Numbers);
        }

        foreach (var line in Panel.ReferenceLines.Where(line => line.Axis == letter && !extent.IsEmpty))
        {
            extent.Add(line.Value);
        }

        return extent;
    }
}
