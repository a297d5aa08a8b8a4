namespace Descent.Studies.Charts.Svg;

/// <summary>A legend above the panels: entries in columns, row by row.</summary>
sealed class TopLegend
{
    const double RowHeight = 20, ColumnGap = 22;

    /// <summary>The widest name must not be cut because of the last digit of its width.</summary>
    const double Rounding = 0.01;
    readonly IReadOnlyList<LegendEntry> entries;
    readonly int columns;
    readonly double columnWidth;

    public TopLegend(IReadOnlyList<LegendEntry> entries, double width)
    {
        this.entries = entries;
        double widest = entries.Select(entry => entry.Width).DefaultIfEmpty(0).Max();
        columns = (int)Math.Clamp((width + ColumnGap) / (widest + ColumnGap), 1, Math.Max(1, entries.Count));
        columnWidth = Math.Min(widest, width) + ColumnGap;
    }

    public double Height => entries.Count == 0 ? 0 : ((entries.Count + columns - 1) / columns * RowHeight) + 8;

    public void Draw(SvgWriter svg, double x, double y)
    {
        foreach (var (i, entry) in entries.Index())
        {
            var (row, column) = Math.DivRem(i, columns);
            entry.Draw(svg, x + (column * columnWidth), y + ((row + 0.5) * RowHeight), columnWidth - ColumnGap + Rounding);
        }
    }
}
