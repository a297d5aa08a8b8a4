namespace Descent.Studies.Charts.Svg;

/// <summary>From points to the vertices of a line that looks the same: within a column of pixels, the first, highest, lowest and last of
/// consecutive points cover the same pixels as all of them.</summary>
/// <remarks>The M4 aggregation of U. Jugel et al., PVLDB 7(10), 2014, over consecutive points, so that x need not be sorted. A spike of one
/// point among ten million keeps its place and its height.</remarks>
sealed class Decimation
{
    /// <summary>A line of more vertices is too tangled to be read as one, and too long for a file.</summary>
    const int Most = 60_000;

    readonly List<List<Vertex>> runs = [];
    readonly double columnWidth;
    int count;
    bool isAfterGap = true;
    Column? column;

    Decimation(double columnWidth) => this.columnWidth = columnWidth;

    /// <summary>The runs between gaps, or null when the line is too tangled for any decimation that keeps its looks.</summary>
    public static IReadOnlyList<IReadOnlyList<Vertex>>? Line(double[] xs, double[] ys, PlotArea plot)
    {
        double[] columnWidths = xs.Length <= 4 * plot.Width ? [0] : [1, 2, 4];
        return columnWidths.Select(width => new Decimation(width)).FirstOrDefault(decimation => decimation.AddAll(xs, ys, plot))?.runs;
    }

    bool AddAll(double[] xs, double[] ys, PlotArea plot)
    {
        for (int i = 0; i < xs.Length && count <= Most; i++)
        {
            var vertex = plot[xs[i], ys[i]];
            if (double.IsNaN(vertex.X) || double.IsNaN(vertex.Y))
            {
                isAfterGap = true;
            }
            else if (columnWidth == 0)
            {
                Emit(vertex, isAfterGap);
                isAfterGap = false;
            }
            else
            {
                Gather(vertex);
            }
        }

        Flush();
        return count <= Most;
    }

    void Gather(Vertex vertex)
    {
        long place = (long)Math.Floor(vertex.X / columnWidth);
        if (column is null || column.Place != place)
        {
            Flush();
            column = new(place, isAfterGap, vertex);
        }

        // A gap between two points of one column is too narrow to be seen.
        column.Add(vertex);
        isAfterGap = false;
    }

    void Flush()
    {
        bool startsRun = column?.StartsRun ?? false;
        foreach (var vertex in column?.Corners() ?? [])
        {
            Emit(vertex, startsRun);
            startsRun = false;
        }

        column = null;
    }

    void Emit(Vertex vertex, bool startsRun)
    {
        if (startsRun)
        {
            runs.Add([]);
        }

        runs[^1].Add(vertex);
        count++;
    }

    /// <summary>Consecutive points whose x is in one column of pixels.</summary>
    sealed class Column(long place, bool startsRun, Vertex start)
    {
        readonly Vertex first = start;
        Vertex top = start, bottom = start, last = start;
        bool isTopLater;

        public long Place => place;

        public bool StartsRun => startsRun;

        public void Add(Vertex vertex)
        {
            if (vertex.Y < top.Y)
            {
                (top, isTopLater) = (vertex, true);
            }

            if (vertex.Y > bottom.Y)
            {
                (bottom, isTopLater) = (vertex, false);
            }

            last = vertex;
        }

        /// <summary>At most four vertices, in the order of the points.</summary>
        public IEnumerable<Vertex> Corners()
        {
            Vertex[] corners = isTopLater ? [first, bottom, top, last] : [first, top, bottom, last];
            return corners.Where((vertex, i) => i == 0 || vertex != corners[i - 1]);
        }
    }
}
