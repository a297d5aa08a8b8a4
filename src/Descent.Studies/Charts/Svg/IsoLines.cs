namespace Descent.Studies.Charts.Svg;

/// <summary>Lines of equal height through a grid of heights, by marching squares.</summary>
/// <param name="x">Where the columns are.</param>
/// <param name="y">Where the rows are.</param>
/// <param name="z">A row for each y.</param>
sealed class IsoLines(double[] x, double[] y, double[][] z)
{
    // Corners counterclockwise from the lower left; edge i goes from corner i to the next.
    static readonly (int Column, int Row)[] corners = [(0, 0), (1, 0), (1, 1), (0, 1)];

    /// <summary>The lines at a height; closed ones end where they begin.</summary>
    public IEnumerable<IReadOnlyList<Vertex>> At(double height)
    {
        var links = Links(height);
        // Ends of open lines first: a walk from the middle of one would cut it in two.
        foreach (long start in links.Keys.OrderBy(edge => links[edge].Count).ToList())
        {
            while (links.TryGetValue(start, out var next) && next.Count > 0)
            {
                yield return Walk(links, start, height);
            }
        }
    }

    /// <summary>Which crossed edges the line joins.</summary>
    Dictionary<long, List<long>> Links(double height)
    {
        var links = new Dictionary<long, List<long>>();
        var crossed = new List<long>();
        for (int row = 0; row < y.Length - 1; row++)
        {
            for (int column = 0; column < x.Length - 1; column++)
            {
                crossed.Clear();
                for (int edge = 0; edge < 4; edge++)
                {
                    if (IsAbove(column, row, edge) != IsAbove(column, row, (edge + 1) % 4))
                    {
                        crossed.Add(EdgeOf(column, row, edge));
                    }
                }

                // At a saddle all four edges are crossed: the middle says which corners belong together.
                bool turns = crossed.Count == 4 && Middle(column, row) >= height == IsAbove(column, row, 0);
                for (int i = 0; i < crossed.Count; i += 2)
                {
                    Join(crossed[turns ? i : (i + 3) % crossed.Count], crossed[turns ? i + 1 : i]);
                }
            }
        }

        return links;

        bool IsAbove(int column, int row, int corner) => z[row + corners[corner].Row][column + corners[corner].Column] >= height;

        void Join(long a, long b)
        {
            Of(a).Add(b);
            Of(b).Add(a);
        }

        List<long> Of(long edge)
        {
            if (!links.TryGetValue(edge, out var list))
            {
                links.Add(edge, list = []);
            }

            return list;
        }
    }

    List<Vertex> Walk(Dictionary<long, List<long>> links, long start, double height)
    {
        var line = new List<Vertex> { Crossing(start, height) };
        for (long edge = start; links[edge] is [var next, ..]; edge = next)
        {
            _ = links[edge].Remove(next);
            _ = links[next].Remove(edge);
            line.Add(Crossing(next, height));
        }

        return line;
    }

    /// <summary>Twice the number of the grid's point where the edge begins, plus one for an edge upwards.</summary>
    long EdgeOf(int column, int row, int edge) => edge switch
    {
        0 => Number(column, row),
        1 => Number(column + 1, row) + 1,
        2 => Number(column, row + 1),
        _ => Number(column, row) + 1,
    };

    long Number(int column, int row) => 2 * (((long)row * x.Length) + column);

    Vertex Crossing(long edge, double height)
    {
        var (row, column) = ((int)(edge / 2 / x.Length), (int)(edge / 2 % x.Length));
        var (right, up) = edge % 2 == 0 ? (column + 1, row) : (column, row + 1);
        double from = z[row][column], to = z[up][right], share = (height - from) / (to - from);
        share = double.IsFinite(share) ? share : 0.5;
        return new(x[column] + (share * (x[right] - x[column])), y[row] + (share * (y[up] - y[row])));
    }

    double Middle(int column, int row) => (z[row][column] + z[row][column + 1] + z[row + 1][column] + z[row + 1][column + 1]) / 4;
}
