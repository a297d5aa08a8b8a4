namespace Descent.Studies.Charts.Svg;

/// <summary>The outline of a band between two edges over the same x. Of many points, each column of pixels takes its highest and its
/// lowest.</summary>
static class BandPath
{
    public static string Of(double[] xs, double[] first, double[] second, PlotArea plot)
    {
        bool isSmall = xs.Length <= 4 * plot.Width;
        var path = new PathData();
        var piece = new List<(double X, double Top, double Bottom)>();
        for (int i = 0; i < xs.Length; i++)
        {
            double x = plot.X.Position(xs[i]);
            var (a, b) = (EdgeAt(first[i], second[i], plot), EdgeAt(second[i], first[i], plot));
            if (double.IsNaN(x + a + b))
            {
                Close(path, piece);
            }
            else if (!isSmall && piece.Count > 0 && Math.Floor(piece[^1].X) == Math.Floor(x))
            {
                piece[^1] = (piece[^1].X, Math.Min(piece[^1].Top, Math.Min(a, b)), Math.Max(piece[^1].Bottom, Math.Max(a, b)));
            }
            else
            {
                piece.Add((x, Math.Min(a, b), Math.Max(a, b)));
            }
        }

        Close(path, piece);
        return path.ToString();
    }

    /// <summary>On a log axis an edge at or below zero lies beyond the axis as long as the other edge is above.</summary>
    static double EdgeAt(double edge, double other, PlotArea plot) =>
        plot.View.Panel.Y.Type == AxisType.Log && edge <= 0 && other > 0 && double.IsFinite(edge)
            ? plot.Y.Start + (plot.Y.Start - plot.Y.End)
            : plot.Y.Position(edge);

    static void Close(PathData path, List<(double X, double Top, double Bottom)> piece)
    {
        if (piece.Count == 0)
        {
            return;
        }

        // Between gaps, a single point has no width of its own.
        var edges = piece.Count > 1 ? piece : [piece[0] with { X = piece[0].X - 1 }, piece[0] with { X = piece[0].X + 1 }];
        path.MoveTo(edges[0].X, edges[0].Top);
        foreach (var (x, top, _) in edges.Skip(1))
        {
            path.LineTo(x, top);
        }

        foreach (var (x, _, bottom) in edges.AsEnumerable().Reverse())
        {
            path.LineTo(x, bottom);
        }

        path.Close();
        piece.Clear();
    }
}
