namespace Descent.Studies.Charts.Svg;

/// <summary>Very many markers as the cells that they cover. Every marker, however lonely, colours its cell; how many share one is not
/// shown.</summary>
static class MarkerCloud
{
    /// <summary>Strokes that a file can hold; cells grow until there are no more.</summary>
    const int MostStrokes = 30_000;

    public static void Draw(SvgWriter svg, Series series, PlotArea plot, double size)
    {
        for (double cell = 1; ; cell *= 2)
        {
            var rows = Rows(series, plot, cell);
            if (rows.Values.Sum(columns => columns.Count) <= MostStrokes || Strokes(rows).Take(MostStrokes + 1).Count() <= MostStrokes)
            {
                var path = new PathData();
                foreach (var (row, from, to) in Strokes(rows))
                {
                    path.Polyline([new((from + 0.5) * cell, (row + 0.5) * cell), new((to + 0.5) * cell, (row + 0.5) * cell)]);
                }

                svg.Open("path", ("d", path.ToString()), ("fill", "none"), ("stroke", "currentColor"),
                    ("stroke-width", Math.Max(cell, Math.Min(size, 3))), ("stroke-linecap", "round"));
                svg.Words("title", Tooltips.Of(series, plot));
                svg.Close();
                return;
            }
        }
    }

    /// <summary>The covered columns of each row of cells.</summary>
    static SortedDictionary<int, HashSet<int>> Rows(Series series, PlotArea plot, double cell)
    {
        var rows = new SortedDictionary<int, HashSet<int>>();
        for (int i = 0; i < series.X.Length; i++)
        {
            if (plot.Inside(series.X[i], series.Y[i]) is { } at)
            {
                int row = (int)Math.Floor(at.Y / cell);
                if (!rows.TryGetValue(row, out var columns))
                {
                    rows[row] = columns = [];
                }

                columns.Add((int)Math.Floor(at.X / cell));
            }
        }

        return rows;
    }

    /// <summary>Neighbouring cells of a row as one stroke.</summary>
    static IEnumerable<(int Row, int From, int To)> Strokes(SortedDictionary<int, HashSet<int>> rows)
    {
        foreach (var (row, columns) in rows)
        {
            foreach (int from in columns.Order().Where(column => !columns.Contains(column - 1)))
            {
                int to = from;
                while (columns.Contains(to + 1))
                {
                    to++;
                }

                yield return (row, from, to);
            }
        }
    }
}
