namespace Descent.Studies.Charts.Svg;

/// <summary>A legend at the ends of the lines themselves, in their order, so that the eye need not search.</summary>
static class DirectLabels
{
    const double LeastWidth = 560, Spacing = 17, Lead = 16, WidestShare = 0.34;

    /// <summary>One panel of lines alone, with room for a whole label beside the end of each.</summary>
    public static bool Suit(IReadOnlyList<PanelView> views, IReadOnlyList<LegendEntry> entries, SvgOptions options) =>
        options.Width >= LeastWidth && entries.All(entry => entry.Width <= options.Width * WidestShare) && views.Count == 1 && views[0].Contours.Count == 0 && entries.Count > 0 && entries.All(entry => entry.Series.HasLine)
        && entries.Count * Spacing <= options.PanelHeight && views[0].Names.X.Count == 0 && !views[0].Panel.X.IsReversed;

    /// <summary>Pixels right of the plot.</summary>
    public static double Room(IReadOnlyList<LegendEntry> entries) => Lead + entries.Max(entry => entry.Width) + 4;

    public static void Draw(SvgWriter svg, IReadOnlyList<LegendEntry> entries, PlotArea plot, double room)
    {
        var ends = entries.Select(entry => (entry, y: EndOf(entry.Series, plot))).OrderBy(x => x.y).ToList();
        var places = Spread([.. ends.Select(x => x.y)], Spacing, 0, plot.Height);
        foreach (var ((entry, y), place) in ends.Zip(places))
        {
            entry.Series.Open(svg);
            string lead = LeadFrom(y, place, plot.Width);
            svg.Leaf("path", ("d", lead), ("fill", "none"), ("stroke", "currentColor"), ("stroke-opacity", "0.45"));
            svg.Close();
            entry.Draw(svg, plot.Width + Lead, place, room - Lead);
        }
    }

    /// <summary>The places nearest to the wanted ones, in the least-squares sense, that keep the order, the spacing and the
    /// limits.</summary>
    /// <remarks>With the spacing taken out this is isotonic regression, solved by pooling neighbours that are out of order.</remarks>
    internal static double[] Spread(double[] wanted, double spacing, double low, double high)
    {
        var pools = new Stack<(double Sum, int Count)>();
        for (int i = 0; i < wanted.Length; i++)
        {
            var pool = (Sum: wanted[i] - (i * spacing), Count: 1);
            while (pools.TryPeek(out var before) && before.Sum / before.Count >= pool.Sum / pool.Count)
            {
                pool = (pool.Sum + before.Sum, pool.Count + before.Count);
                _ = pools.Pop();
            }

            pools.Push(pool);
        }

        double end = Math.Max(low, high - ((wanted.Length - 1) * spacing));
        return
        [
            .. pools.Reverse().SelectMany(pool => Enumerable.Repeat(Math.Clamp(pool.Sum / pool.Count, low, end), pool.Count))
                .Select((x, i) => x + (i * spacing)),
        ];
    }

    /// <summary>Height at which the line leaves the plot; a line without points has its label at the bottom.</summary>
    static double EndOf(Series series, PlotArea plot)
    {
        for (int i = series.X.Length - 1; i >= 0; i--)
        {
            double y = plot.Y.Position(series.Y[i]);
            if (!double.IsNaN(y) && plot.X.Shows(series.X[i]))
            {
                return Math.Clamp(y, 0, plot.Height);
            }
        }

        return plot.Height;
    }

    static string LeadFrom(double y, double place, double x)
    {
        var path = new PathData();
        path.Polyline([new(x + 2, y), new(x + Lead - 3, place)]);
        return path.ToString();
    }
}
