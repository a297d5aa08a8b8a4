namespace Descent.Studies.Charts.Svg;

/// <summary>Lines with fewer vertices that stay within a distance of all that were left out (Douglas and Peucker, 1973).</summary>
static class Simplification
{
    public static IReadOnlyList<Vertex> Of(IReadOnlyList<Vertex> line, double tolerance)
    {
        if (line.Count < 3)
        {
            return line;
        }

        var kept = new bool[line.Count];
        kept[0] = kept[^1] = true;
        var open = new Stack<(int From, int To)>();
        open.Push((0, line.Count - 1));
        while (open.TryPop(out var part))
        {
            var (farthest, distance) = Farthest(line, part.From, part.To);
            if (distance > tolerance)
            {
                kept[farthest] = true;
                open.Push((part.From, farthest));
                open.Push((farthest, part.To));
            }
        }

        return [.. line.Where((_, i) => kept[i])];
    }

    static (int Index, double Distance) Farthest(IReadOnlyList<Vertex> line, int from, int to)
    {
        var (index, distance) = (from, 0.0);
        for (int i = from + 1; i < to; i++)
        {
            double here = Distance(line[i], line[from], line[to]);
            if (here > distance)
            {
                (index, distance) = (i, here);
            }
        }

        return (index, distance);
    }

    /// <summary>From a point to the piece between two others.</summary>
    static double Distance(Vertex point, Vertex a, Vertex b)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y, squared = (dx * dx) + (dy * dy);
        double share = squared == 0 ? 0 : Math.Clamp((((point.X - a.X) * dx) + ((point.Y - a.Y) * dy)) / squared, 0, 1);
        return Math.Sqrt(Math.Pow(point.X - a.X - (share * dx), 2) + Math.Pow(point.Y - a.Y - (share * dy), 2));
    }
}
