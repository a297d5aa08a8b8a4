using System.Globalization;

namespace Descent.Studies.Charts.Svg;

/// <summary>A figure laid out: header, legend, and panels in a grid whose plots are aligned.</summary>
sealed class FigureDrawing
{
    const double Padding = 14, ColumnGap = 28, RowGap = 16, LeastCell = 280, TitleLine = 21, SubtitleLine = 16;
    readonly Figure figure;
    readonly SvgOptions options;
    readonly double width, inner;
    readonly IReadOnlyList<FittedText> title, subtitle;
    readonly IReadOnlyList<LegendEntry> legend;
    readonly TopLegend topLegend;
    readonly bool isDirect;
    readonly int columns;
    readonly IReadOnlyList<PanelLayout> panels;

    public FigureDrawing(Figure figure, SvgOptions options)
    {
        (this.figure, this.options, width) = (figure, options, Math.Max(240, options.Width));
        inner = width - (2 * Padding);
        title = TextMetrics.Wrap(figure.Layout.Title, inner / 1.13, 16, most: 3);
        subtitle = TextMetrics.Wrap(figure.Layout.Subtitle, inner, 12, most: 4);
        var views = figure.Layout.Panels.Select((_, i) => new PanelView(figure, i)).ToList();
        legend = figure.Layout.ShowsLegend ? LegendEntry.Of(views) : [];
        isDirect = DirectLabels.Suit(views, legend, options);
        topLegend = new(isDirect ? [] : legend, inner);
        columns = (int)Math.Clamp((inner + ColumnGap) / (LeastCell + ColumnGap), 1, Math.Max(1, figure.Layout.Columns));
        panels = [.. views.Select(view => new PanelLayout(view, CellWidth, options.PanelHeight))];
    }

    double CellWidth => (inner - ((columns - 1) * ColumnGap)) / columns;

    double HeaderHeight => (title.Count * TitleLine) + (subtitle.Count * SubtitleLine) + (title.Count + subtitle.Count > 0 ? 10 : 0);

    public void Draw(SvgWriter svg)
    {
        var rows = panels.Chunk(columns).Select(row => (
            Panels: row,
            Top: row.Max(panel => panel.Top),
            Height: row.Max(panel => panel.Height),
            Bottom: row.Max(panel => panel.Bottom))).ToList();
        double height = (2 * Padding) + HeaderHeight + topLegend.Height
            + rows.Sum(row => row.Top + row.Height + row.Bottom) + ((rows.Count - 1) * RowGap);
        Open(svg, height);
        DrawHeader(svg);
        topLegend.Draw(svg, Padding, Padding + HeaderHeight);
        double y = Padding + HeaderHeight + topLegend.Height;
        foreach (var row in rows)
        {
            for (int column = 0; column < row.Panels.Length; column++)
            {
                double left = panels.Where((_, i) => i % columns == column).Max(panel => panel.Left);
                DrawPanel(svg, row.Panels[column], Padding + (column * (CellWidth + ColumnGap)) + left, y + row.Top, left);
            }

            y += row.Top + row.Height + row.Bottom + RowGap;
        }

        svg.Close();
    }

    void Open(SvgWriter svg, double height)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"0 0 {width:0.#} {height:0.#}");
        svg.Open("svg", ("class", "descent-chart"), ("viewBox", size), ("width", width), ("height", height), ("role", "img"),
            ("aria-label", figure.Layout.Title.Length > 0 ? figure.Layout.Title : "chart"));
        svg.Words("desc", FigureDescription.Of(figure, panels.Select(panel => panel.View)));
        svg.Words("style", options.Style == SvgStyle.Inside ? SvgTheme.Css : "");
        svg.Leaf("rect", ("class", "surface"), ("width", width), ("height", height));
    }

    void DrawHeader(SvgWriter svg)
    {
        foreach (var (i, line) in title.Index())
        {
            svg.Text(line, Padding, Padding + 15 + (i * TitleLine), "title");
        }

        foreach (var (i, line) in subtitle.Index())
        {
            svg.Text(line, Padding, Padding + 12 + (title.Count * TitleLine) + (i * SubtitleLine), "muted");
        }
    }

    void DrawPanel(SvgWriter svg, PanelLayout panel, double x, double y, double left)
    {
        double room = isDirect ? DirectLabels.Room(legend) : 0;
        var plot = panel.Arrange(left, room);
        var frame = new FrameDrawing(svg, panel, plot);
        svg.Open("g", ("transform", string.Create(CultureInfo.InvariantCulture, $"translate({x:0.#} {y:0.#})")));
        frame.DrawBehind();
        SeriesDrawing.Draw(svg, plot);
        frame.DrawAround(left);
        if (isDirect && !panel.View.IsEmpty)
        {
            DirectLabels.Draw(svg, legend, plot, room);
        }

        svg.Close();
    }
}
