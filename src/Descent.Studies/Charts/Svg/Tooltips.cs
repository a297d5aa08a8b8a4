using System.Globalization;

namespace Descent.Studies.Charts.Svg;

/// <summary>What a chart says when the pointer rests on it.</summary>
static class Tooltips
{
    /// <summary>More points than this lie too close to be pointed at.</summary>
    const int Most = 300;
    const double Reach = 7;

    /// <summary>One point: the figure's own text, or the name and the numbers.</summary>
    public static string At(Series series, PlotArea plot, int i)
    {
        if (series.Trace.HoverInfo == HoverInfo.Skip)
        {
            return "";
        }

        if (series.Trace.HoverText is { } texts)
        {
            return texts[i];
        }

        string start = series.Name.Length > 0 ? series.Name + "\n" : "";
        var view = plot.View;
        return $"{start}{Titled(view.Panel.X, view.XText(series.X[i]))}\n{Titled(view.Panel.Y, view.YText(series.Y[i]))}";
    }

    /// <summary>A whole series.</summary>
    public static string Of(Series series, PlotArea plot)
    {
        int last = Array.FindLastIndex(series.Y, double.IsFinite);
        var view = plot.View;
        string start = series.Name.Length > 0 ? series.Name + "\n" : "";
        string end = last < 0 ? "no data" : $"last: {Titled(view.Panel.X, view.XText(series.X[last]))}, {view.YText(series.Y[last])}";
        return string.Create(CultureInfo.InvariantCulture, $"{start}{series.X.Length:N0} points, {end}");
    }

    /// <summary>Invisible targets around the points of a line.</summary>
    public static void Draw(SvgWriter svg, Series series, PlotArea plot)
    {
        for (int i = 0; i < series.X.Length && series.X.Length <= Most; i++)
        {
            string text = At(series, plot, i);
            if (text.Length > 0 && plot.Inside(series.X[i], series.Y[i]) is { } at)
            {
                svg.Open("circle", ("class", "hit"), ("cx", at.X), ("cy", at.Y), ("r", Reach));
                svg.Words("title", text);
                svg.Close();
            }
        }
    }

    static string Titled(Axis axis, string value) => axis.Title.Length > 0 ? $"{axis.Title} {value}" : value;
}
