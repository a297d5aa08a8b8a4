namespace Descent.Studies.Charts.Svg;

/// <summary>Where bars stand in their slots and what is printed at their ends.</summary>
static class BarText
{
    public const double Size = 12, Gap = 7;

    /// <summary>The part of its place that a bar fills.</summary>
    public const double Share = 0.68;
    const double Thickest = 40;

    /// <summary>What a bar says: the figure's text, or its number.</summary>
    public static string Of(Series series, PanelView view, int i)
    {
        var bars = (BarTrace)series.Trace;
        var (axis, value) = bars.Orientation == Orientation.Horizontal ? (view.Panel.X, series.X[i]) : (view.Panel.Y, series.Y[i]);
        return bars.Text is { } texts ? texts[i]
            : !double.IsFinite(value) ? "no data"
            : axis.Format == ValueFormat.Percent ? Numbers.Percent(value)
            : Numbers.Significant(value);
    }

    /// <summary>Thickness of a trace's bars and their distance from the middle of the slot.</summary>
    public static (double Thickness, double Offset) Place(Series series, PanelView view, double slot)
    {
        var bars = view.Bars.ToList();
        int groups = Groups(view);
        double room = Math.Min(slot * (groups > 1 ? 0.86 : 1) / groups, Thickest / Share);
        int place = groups == 1 ? 0 : bars.IndexOf(series);
        return (room * (groups > 1 ? 0.9 : Share), room * (place - (0.5 * (groups - 1))));
    }

    /// <summary>Pixels that the texts need beyond the bars' ends, in the direction of the bars.</summary>
    public static double Room(PanelView view, double slot)
    {
        double longest = Longest(view);
        return longest == 0 ? 0 : Gap + (IsTurned(view, slot) || view.HasBars(Orientation.Horizontal) ? longest + 2 : Size);
    }

    /// <summary>Whether the texts of vertical bars must be turned, because one of them is wider than its bar's place.</summary>
    public static bool IsTurned(PanelView view, double slot) =>
        view.HasBars(Orientation.Vertical) && Longest(view) + 4 > slot / Groups(view);

    /// <summary>A bar without a number has the whole plot for its text.</summary>
    static double Longest(PanelView view) => view.Bars
        .SelectMany(series => Enumerable.Range(0, series.X.Length).Where(i => double.IsFinite(series.X[i] + series.Y[i]))
            .Select(i => TextMetrics.Width(Of(series, view, i), Size))).DefaultIfEmpty(0).Max();

    /// <summary>Bars that stand beside each other in a slot.</summary>
    public static int Groups(PanelView view) => view.BarMode == BarMode.Overlay ? 1 : Math.Max(1, view.Bars.Count());
}
