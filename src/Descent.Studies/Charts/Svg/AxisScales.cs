namespace Descent.Studies.Charts.Svg;

/// <summary>Scales with as many ticks as the room has place for.</summary>
static class AxisScales
{
    public const double TickSize = 11;
    const double VerticalSpacing = 38, HorizontalSpacing = 56, LabelGap = 16;

    /// <summary>The scale of a y axis: from the bottom at <paramref name="height"/> up to <paramref name="top"/>, where names may take room
    /// in their slots.</summary>
    public static AxisScale Vertical(PanelView view, double height, double top, double nameRoom = 0)
    {
        var (start, end) = view.Panel.Y.IsReversed ? (top, height) : (height, top);
        if (IsOfNames(view.Panel.Y, view.Names.Y))
        {
            return Names(view.Names.Y, start, end, nameRoom);
        }

        return Scale(view.Panel.Y, view.Y, view.Names.Y, start, end, (int)Math.Clamp((height - top) / VerticalSpacing, 2, 12));
    }

    /// <summary>The scale of an x axis, with so few ticks that no label touches the next one.</summary>
    public static AxisScale Horizontal(PanelView view, double width)
    {
        var (start, end) = view.Panel.X.IsReversed ? (width, 0.0) : (0.0, width);
        for (int most = (int)Math.Clamp(width / HorizontalSpacing, 2, 14); ; most--)
        {
            var scale = Scale(view.Panel.X, view.X, view.Names.X, start, end, most, view.IsCounted ? 1 : 0);
            if (most <= 1 || scale.HasNames || HasRoom(scale))
            {
                return scale;
            }
        }
    }

    public static double LabelWidth(AxisScale scale) =>
        scale.Ticks.Count == 0 ? 0 : scale.Ticks.Max(tick => TextMetrics.Width(tick.Label, TickSize));

    static AxisScale Scale(
        Axis axis, Domain domain, IReadOnlyDictionary<string, int> names, double start, double end, int most, double least = 0)
    {
        if (IsOfNames(axis, names))
        {
            return Names(names, start, end, 0);
        }

        if (axis.IsHidden)
        {
            return new LinearScale(domain, start, end) { Ticks = [] };
        }

        return axis.Type == AxisType.Log
            ? new LogScale(domain, start, end) { Ticks = LogScale.TicksOf(domain, most, axis.Format) }
            : new LinearScale(domain, start, end) { Ticks = LinearScale.TicksOf(domain, most, axis.Format, least) };
    }

    static bool IsOfNames(Axis axis, IReadOnlyDictionary<string, int> names) => names.Count > 0 || axis.Type == AxisType.Category;

    static CategoryScale Names(IReadOnlyDictionary<string, int> names, double start, double end, double nameRoom) =>
        new(names.Count, start, end, nameRoom) { Ticks = [.. names.Select(name => new Tick(name.Value, name.Key))] };

    static bool HasRoom(AxisScale scale)
    {
        var labels = scale.Ticks.Where(tick => !tick.IsMinor)
            .Select(tick => (At: scale.Position(tick.Value), Half: TextMetrics.Width(tick.Label, TickSize) / 2))
            .OrderBy(label => label.At).ToList();
        return labels.Zip(labels.Skip(1)).All(pair => pair.First.At + pair.First.Half + LabelGap <= pair.Second.At - pair.Second.Half);
    }
}
