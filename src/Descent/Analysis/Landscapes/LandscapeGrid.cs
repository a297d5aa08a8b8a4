using Descent.Tensors;

namespace Descent.Analysis;

/// <summary>Measures losses on planes and lines through points of the space of a model's parameters.</summary>
public static class LandscapeGrid
{
    /// <summary>The losses at origin + x·first + y·second, with the origin's running statistics.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Landscape Plane<T>(LossField<T> field, ParameterPoint<T> origin, T[] first, T[] second, double[] x, double[] y, CancellationToken token = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The centre beside the grid: it is told whether or not the grid meets it.
        double[] losses = field.At((x.Length * y.Length) + 1, (i, parameters) =>
        {
            bool isCenter = i == x.Length * y.Length;
            var (a, b) = isCenter ? (0, 0) : (x[i % x.Length], y[i / x.Length]);
            Place(origin, first, second, a, b, parameters);
        }, token);
        return new(x, y, [.. y.Select((_, row) => losses[(row * x.Length)..((row + 1) * x.Length)])], losses[^1]);
    }

    /// <summary>The losses in a plane below given points: at their coordinates, with the origin's running statistics.</summary>
    public static double[] InPlane<T>(LossField<T> field, ParameterPoint<T> origin, T[] first, T[] second, IReadOnlyList<(double X, double Y)> at,
        CancellationToken token = default) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        field.At(at.Count, (i, parameters) => Place(origin, first, second, at[i].X, at[i].Y, parameters), token);

    /// <summary>The losses at given points, each with its own running statistics.</summary>
    public static double[] Points<T>(LossField<T> field, IReadOnlyList<ParameterPoint<T>> points, CancellationToken token = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => field.At(points.Count, (i, parameters) => points[i].CopyTo(parameters), token);

    /// <summary>The losses at (1 − x)·from + x·to, running statistics too: 0 and 1 are the two ends exactly.</summary>
    /// <exception cref="BadInputException">The two are equal.</exception>
    public static Landscape Interpolation<T>(LossField<T> field, Parameters<T> from, Parameters<T> to, double[] x, CancellationToken token = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (from.Values.Span.SequenceEqual(to.Values.Span))
        {
            throw new BadInputException("The two checkpoints have equal parameters: the direction between them has the norm 0.");
        }

        double[] losses = field.At(x.Length + 1, (i, parameters) =>
        {
            double at = i == x.Length ? 0 : x[i];
            Mix(from.Values, to.Values, at, parameters.Values);
            for (int k = 0; k < parameters.Statistics.Count; k++)
            {
                Mix(from.Statistics[k].Value, to.Statistics[k].Value, at, parameters.Statistics[k].Value);
                if (parameters.Statistics[k].Name.EndsWith("var", StringComparison.Ordinal))
                {
                    // Beyond the ends a variance could turn negative.
                    TensorPrimitives.Max(parameters.Statistics[k].Value.Span, T.Zero, parameters.Statistics[k].Value.Span);
                }
            }
        }, token);
        return new(x, [0], [losses[..^1]], losses[^1]);
    }

    static void Place<T>(ParameterPoint<T> origin, T[] first, T[] second, double a, double b, Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        origin.CopyTo(parameters);
        var values = parameters.Values.Span;
        TensorPrimitives.MultiplyAdd(first, T.CreateTruncating(a), values, values);
        TensorPrimitives.MultiplyAdd(second, T.CreateTruncating(b), values, values);
    }

    static void Mix<T>(Tensor<T> from, Tensor<T> to, double at, Tensor<T> result) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TensorPrimitives.Multiply<T>(from.Span, T.CreateTruncating(1 - at), result.Span);
        TensorPrimitives.MultiplyAdd<T>(to.Span, T.CreateTruncating(at), result.Span, result.Span);
    }
}
