using System.Globalization;

namespace Descent.Studies.Charts.Svg;

/// <summary>A dot that runs along a trace, or a line that goes through its frames. Where nothing moves, in print and outside of browsers, it rests at
/// the end.</summary>
static class MotionDrawing
{
    const double Size = 4.5, LineWidth = 3, LabelInset = 6, LabelBaseline = 16;

    /// <summary>More would make the file larger, and nobody would see it.</summary>
    const int MostPlaces = 240;

    public static void Draw(SvgWriter svg, Series series, PlotArea plot)
    {
        if (series.Trace is not ScatterTrace { Motion: { } motion })
        {
            return;
        }

        series.Open(svg);
        if (motion.Frames is { } frames)
        {
            Line(svg, plot, motion, [.. frames.Select(frame => (frame.Label, Places: Places(series.X, frame.Y.Numbers, plot))).TakeWhile(frame => frame.Places.Length == series.X.Length)]);
        }
        else
        {
            Dot(svg, motion, Places(series, plot));
        }

        svg.Close();
    }

    static void Dot(SvgWriter svg, Motion motion, List<Vertex> places)
    {
        if (places is not [.., var last])
        {
            return;
        }

        string times = Times(motion, places.Count);
        svg.Open("circle", ("class", "moving"), ("cx", last.X), ("cy", last.Y), ("r", Size), ("fill", "currentColor"));
        Animate(svg, "cx", motion, times, places.Append(last).Select(place => Number(place.X, "0.#")));
        Animate(svg, "cy", motion, times, places.Append(last).Select(place => Number(place.Y, "0.#")));
        svg.Close();
    }

    static void Line(SvgWriter svg, PlotArea plot, Motion motion, IReadOnlyList<(string Label, Vertex[] Places)> frames)
    {
        if (frames.Count == 0)
        {
            return;
        }

        // Browsers go from one path to another only where both have the same commands: nothing may be left out.
        string[] paths = [.. frames.Select(frame => PathOf(frame.Places))];
        svg.Open("path", ("class", "moving"), ("d", paths[^1]), ("fill", "none"), ("stroke", "currentColor"), ("stroke-width", LineWidth), ("stroke-linejoin", "round"),
            ("stroke-linecap", "round"));
        Animate(svg, "d", motion, Times(motion, paths.Length), paths.Append(paths[^1]));
        svg.Close();
        for (int i = 0; i < frames.Count; i++)
        {
            bool isLast = i == frames.Count - 1;
            svg.Open("g", ("class", "moving"), ("visibility", isLast ? "visible" : "hidden"));
            svg.Words("text", frames[i].Label, ("x", plot.Width - LabelInset), ("y", LabelBaseline), ("class", "heading"), ("text-anchor", "end"));
            string from = Number(Time(motion, i, frames.Count), "0.####"), until = Number(Time(motion, i + 1, frames.Count), "0.####");
            svg.Leaf("animate", ("attributeName", "visibility"), ("calcMode", "discrete"), ("dur", Duration(motion)), ("repeatCount", "indefinite"),
                ("keyTimes", frames.Count == 1 ? "0" : i == 0 ? $"0;{until}" : isLast ? $"0;{from}" : $"0;{from};{until}"),
                ("values", frames.Count == 1 ? "visible" : i == 0 ? "visible;hidden" : isLast ? "hidden;visible" : "hidden;visible;hidden"));
            svg.Close();
        }
    }

    static string PathOf(IEnumerable<Vertex> places)
    {
        var path = new PathData();
        path.Polyline(places);
        return path.ToString();
    }

    /// <summary>Of the first points, up to one that has no place; within the plot.</summary>
    static Vertex[] Places(ReadOnlySpan<double> x, ReadOnlySpan<double> y, PlotArea plot)
    {
        var places = new List<Vertex>();
        for (int i = 0; i < x.Length && plot[x[i], y[i]] is var at && double.IsFinite(at.X) && double.IsFinite(at.Y); i++)
        {
            places.Add(at with { Y = Math.Clamp(at.Y, 0, plot.Height) });
        }

        return [.. places];
    }

    static void Animate(SvgWriter svg, string attribute, Motion motion, string times, IEnumerable<string> values) => svg.Leaf("animate",
        ("attributeName", attribute), ("dur", Duration(motion)), ("repeatCount", "indefinite"), ("keyTimes", times), ("values", string.Join(';', values)));

    static string Duration(Motion motion) => $"{Number(motion.Seconds, "0.##")}s";

    /// <summary>Even times of so many places, and the end.</summary>
    static string Times(Motion motion, int count) => string.Join(';', [.. Enumerable.Range(0, count).Select(i => Number(Time(motion, i, count), "0.####")), "1"]);

    static double Time(Motion motion, int place, int count) => motion.Share * place / Math.Max(1, count - 1);

    /// <summary>Points evenly spaced in time, as far as they have a place.</summary>
    static List<Vertex> Places(Series series, PlotArea plot)
    {
        int count = Math.Min(series.X.Length, MostPlaces);
        return
        [
            .. Enumerable.Range(0, count).Select(i => (int)((long)i * (series.X.Length - 1) / Math.Max(1, count - 1)))
                .Select(i => plot[series.X[i], series.Y[i]]).TakeWhile(place => double.IsFinite(place.X) && double.IsFinite(place.Y)),
        ];
    }

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
