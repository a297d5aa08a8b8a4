using System.Globalization;
using System.Text;

namespace Descent.Studies.Charts.Svg;

/// <summary>A figure in words, for those who hear it.</summary>
static class FigureDescription
{
    public static string Of(Figure figure, IEnumerable<PanelView> views)
    {
        var words = new StringBuilder(figure.Layout.Description.Length > 0 ? figure.Layout.Description : figure.Layout.Subtitle);
        foreach (var view in views)
        {
            string axes = $"{Named(view.Panel.Y, "y")} over {Named(view.Panel.X, "x")}.";
            words.Append(words.Length > 0 ? " " : "").Append(Join(": ", view.Panel.Title, axes, ""));
            foreach (var contours in view.Contours)
            {
                words.Append(' ').Append(Join(": ", contours.Name ?? "contours", $"{contours.Contours.Count} lines of equal height", "."));
            }

            foreach (var series in view.Series.Where(series => series.IsInLegend || series.Trace is BarTrace))
            {
                words.Append(' ').Append(Join(": ", series.Name, Told(view, series), "."));
            }

            foreach (var (row, name) in view.Maps.SelectMany(map => map.Y.Names.ToArray().Select((name, row) => (map, row, name)))
                .Select(x => (x.map.Text.Count > 0 ? string.Join(", ", x.map.Text[x.row]) : "", x.name)))
            {
                words.Append(' ').Append(Join(": ", name, row, "."));
            }

            if (view.Panel.Images.Count > 0)
            {
                words.Append(' ').Append(string.Join(", ", view.Panel.Images.Select(image => image.Label))).Append('.');
            }
        }

        return words.ToString();
    }

    static string Told(PanelView view, Series series)
    {
        if (series.Trace is BarTrace bars)
        {
            var names = bars.Orientation == Orientation.Horizontal ? view.Names.Y : view.Names.X;
            var places = bars.Orientation == Orientation.Horizontal ? series.Y : series.X;
            return string.Join("; ", places.Select((place, i) => $"{NameOf(names, place)} {BarText.Of(series, view, i)}"));
        }

        int last = Array.FindLastIndex(series.Y, double.IsFinite);
        return last < 0 ? "no data"
            : string.Create(CultureInfo.InvariantCulture, $"{series.X.Length:N0} points, the last {view.YText(series.Y[last])}");
    }

    static string NameOf(IReadOnlyDictionary<string, int> names, double place) => names.First(name => name.Value == (int)place).Key;

    static string Named(Axis axis, string letter) =>
        (axis.Title.Length > 0 ? axis.Title : letter) + (axis.Type == AxisType.Log ? " (log axis)" : "");

    static string Join(string between, string first, string second, string end) => (first.Length > 0 ? first + between : "") + second + end;
}
