using System.Globalization;

namespace Descent.Studies.Charts.Svg;

/// <summary>The data of a panel: bands below lines, lines below markers, and what the pointer can rest on above all.</summary>
static class SeriesDrawing
{
    /// <summary>Half the width of a line that runs along the plot's edge.</summary>
    const double Margin = 1.5;

    public static void Draw(SvgWriter svg, PlotArea plot)
    {
        foreach (var map in plot.View.Maps)
        {
            HeatmapDrawing.Draw(svg, map, plot);
        }

        foreach (var image in plot.View.Panel.Images)
        {
            ImageDrawing.Draw(svg, image, plot);
        }

        foreach (var bars in plot.View.Bars)
        {
            new BarDrawing(svg, bars, plot).Draw();
        }

        // A nested drawing clips what leaves it, without the need of an id that must be unique in a page.
        double width = plot.Width + (2 * Margin), height = plot.Height + (2 * Margin);
        svg.Open("svg", ("x", -Margin), ("y", -Margin), ("width", width), ("height", height),
            ("viewBox", string.Create(CultureInfo.InvariantCulture, $"{-Margin} {-Margin} {width:0.#} {height:0.#}")));
        foreach (var contours in plot.View.Contours)
        {
            ContourDrawing.Draw(svg, contours, plot);
        }

        var scatters = plot.View.Series.Where(series => series.Trace is ScatterTrace).ToList();
        foreach (var (before, band) in scatters.Zip(scatters.Skip(1)).Where(pair => ((ScatterTrace)pair.Second.Trace).Fill == Fill.ToNextY))
        {
            LineDrawing.DrawBand(svg, before, band, plot);
        }

        Each(svg, scatters.Where(series => series.HasLine), line => LineDrawing.Draw(svg, line, plot));
        svg.Close();
        foreach (var series in scatters.Where(series => series.Trace.ErrorX is not null || series.Trace.ErrorY is not null))
        {
            Whisker.DrawAll(svg, series, plot);
        }

        Each(svg, scatters.Where(series => series.Marker is not null), markers => MarkerDrawing.Draw(svg, markers, plot));
        foreach (var series in scatters)
        {
            MotionDrawing.Draw(svg, series, plot);
        }

        foreach (var line in scatters.Where(series => series.HasLine && series.Marker is null))
        {
            Tooltips.Draw(svg, line, plot);
        }
    }

    static void Each(SvgWriter svg, IEnumerable<Series> many, Action<Series> draw)
    {
        foreach (var series in many)
        {
            series.Open(svg);
            draw(series);
            svg.Close();
        }
    }
}
