namespace Descent.Studies.Charts;

/// <summary>A line with a band around it, as Plotly describes it: lower edge, upper edge filled down to it, line.</summary>
public static class Band
{
    const double Opacity = 0.16;

    /// <summary>Three traces of which the line alone is in the legend and has a tooltip. A band has a gap where an edge is NaN.</summary>
    /// <param name="line">The line; it names its colour.</param>
    /// <param name="lower">Lower edge at the line's x.</param>
    /// <param name="upper">Upper edge at the line's x.</param>
    public static IEnumerable<ScatterTrace> Around(ScatterTrace line, double[] lower, double[] upper)
    {
        string color = line.Line?.Color ?? throw new ArgumentException("a line with a band must name its colour.", nameof(line));
        var edge = line with
        {
            ShowsLegend = false,
            Line = new(color, 0),
            Mode = ScatterMode.Lines,
            HoverText = null,
            HoverInfo = HoverInfo.Skip,
        };
        return
        [
            edge with { Y = lower },
            edge with { Y = upper, Fill = Fill.ToNextY, FillColor = (Rgba.Parse(color) with { Alpha = Opacity }).ToString() },
            line,
        ];
    }
}
