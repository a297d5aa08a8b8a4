using System.Globalization;

namespace Descent.Studies.Charts.Svg;

/// <summary>A dot that runs along a trace. Where nothing moves, in print and outside of browsers, it rests at the end.</summary>
static class MotionDrawing
{
    const double Size = 4.5;

    /// <summary>More would make the file larger, and nobody would see it.</summary>
    const int MostPlaces = 240;

    public static void Draw(SvgWriter svg, Series series, PlotArea plot)
    {
        if (series.Trace is not ScatterTrace { Motion: { } motion } || Places(series, plot) is not [.., var last] places)
        {
            return;
        }

        string times = string.Join(';', [.. places.Select((_, i) => Number(motion.Share * i / Math.Max(1, places.Count - 1), "0.####")), "1"]);
        series.Open(svg);
        svg.Open("circle", ("class", "moving"), ("cx", last.X), ("cy", last.Y), ("r", Size), ("fill", "currentColor"));
        Animate(svg, "cx", motion, times, places.Append(last).Select(place => place.X));
        Animate(svg, "cy", motion, times, places.Append(last).Select(place => place.Y));
        svg.Close();
        svg.Close();
    }

    static void Animate(SvgWriter svg, string attribute, Motion motion, string times, IEnumerable<double> values) => svg.Leaf("animate",
        ("attributeName", attribute), ("dur", $"{Number(motion.Seconds, "0.##")}s"), ("repeatCount", "indefinite"), ("keyTimes", times),
        ("values", string.Join(';', values.Select(value => Number(value, "0.#")))));

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
