namespace Descent.Studies.Charts.Svg;

/// <summary>A trace with its colour and with numbers for all its points.</summary>
/// <param name="Trace">What the figure says.</param>
/// <param name="Color">Of lines, markers or bars.</param>
/// <param name="X">Numbers, or places of categories.</param>
/// <param name="Y">Numbers, or places of categories.</param>
sealed record Series(PointTrace Trace, Rgba Color, double[] X, double[] Y)
{
    const int Dense = 1500;

    public string Name => Trace.Name ?? "";

    public bool IsInLegend => Trace.ShowsLegend && Name.Length > 0;

    /// <summary>Whether the trace, a scatter, draws a line between its points.</summary>
    public bool HasLine => Trace is ScatterTrace { Mode: not ScatterMode.Markers } line && line.Line?.Width is null or > 0;

    /// <summary>A dense line is drawn solid: the blank between two dashes could hide a spike.</summary>
    public Dash Dash => X.Length > Dense ? Dash.Solid : (Trace as ScatterTrace)?.Line?.Dash ?? Dash.Solid;

    public double LineWidth => (Trace as ScatterTrace)?.Line?.Width ?? 2;

    public Marker? Marker => Trace is ScatterTrace { Mode: not ScatterMode.Lines } scatter ? scatter.Marker ?? new() : null;

    /// <summary>A group whose <c>currentColor</c> is the series' colour in either theme.</summary>
    public SvgWriter Open(SvgWriter svg)
    {
        string? style = SvgTheme.ClassOf(Color);
        return svg.Open("g", ("class", style), ("color", style is null ? Color.Opaque : null));
    }

    public static IEnumerable<Series> Of(Figure figure, int panel, PanelNames names)
    {
        int free = 0;
        foreach (var trace in figure.Data.OfType<PointTrace>())
        {
            string? named = trace is ScatterTrace { Mode: not ScatterMode.Markers, Line.Color: { } line } ? line
                : (trace as ScatterTrace)?.Marker?.Color ?? (trace as BarTrace)?.Marker?.Color;
            var color = Rgba.Parse(named ?? Palette.Color(free));
            free += named is null ? 1 : 0;
            if (trace.Panel == panel)
            {
                yield return new(trace, color, trace.X.Places(names.X), trace.Y.Places(names.Y));
            }
        }
    }
}

/// <summary>The categories of a panel's axes, each with its place; empty for an axis of numbers.</summary>
sealed record PanelNames(IReadOnlyDictionary<string, int> X, IReadOnlyDictionary<string, int> Y)
{
    public static PanelNames Of(Figure figure, int panel)
    {
        var traces = figure.Data.Where(trace => trace.Panel == panel).ToList();
        return new(Places(traces.Select(trace => Columns(trace).X)), Places(traces.Select(trace => Columns(trace).Y)));
    }

    static (Column X, Column Y) Columns(Trace trace) => trace switch
    {
        PointTrace points => (points.X, points.Y),
        HeatmapTrace map => (map.X, map.Y),
        ContourTrace contours => (contours.X, contours.Y),
        _ => throw new NotSupportedException($"{trace.GetType().Name} has no columns that name the places of an axis."),
    };

    static Dictionary<string, int> Places(IEnumerable<Column> columns)
    {
        var places = new Dictionary<string, int>();
        foreach (var column in columns)
        {
            foreach (string name in column.Names)
            {
                _ = places.TryAdd(name, places.Count);
            }
        }

        return places;
    }
}
