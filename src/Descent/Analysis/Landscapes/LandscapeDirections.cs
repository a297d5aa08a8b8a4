using Descent.Tensors;

namespace Descent.Analysis;

/// <summary>Directions in the space of a model's parameters, in whose plane a loss is drawn.</summary>
public static class LandscapeDirections
{
    /// <summary>Two orthogonal random directions, each as long as the parameters: a coordinate of 1 goes as far as the parameters' norm.</summary>
    /// <exception cref="BadInputException">All parameters are zero.</exception>
    public static (T[] First, T[] Second) Random<T>(Parameters<T> parameters, ulong seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double length = Norm(parameters.Values.Span);
        double[] first = Draw(parameters.Count, seed, 0), second = Draw(parameters.Count, seed, 1);
        Scale(first, 1);
        TensorPrimitives.MultiplyAdd(first, -TensorPrimitives.Dot(first, second), second, second);
        return (Scaled<T>(first, Required(length, "random directions are as long as the parameters")), Scaled<T>(second, length));
    }

    /// <summary>Two random directions of which each filter is as long as the parameters' filter; biases and normalization layers stay.</summary>
    /// <remarks>Li, Xu, Taylor, Studer and Goldstein, "Visualizing the loss landscape of neural nets", arXiv:1712.09913: pictures of nets of different scale can be compared,
    /// because a net with ReLUs does the same when a layer grows and the next one shrinks. The filters of a linear layer are the rows of its weight. As in the source the
    /// two directions are not made orthogonal.</remarks>
    /// <exception cref="BadInputException">All weights are zero.</exception>
    public static (T[] First, T[] Second) FilterNormalized<T>(Parameters<T> parameters, ulong seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        return (One(0), One(1));

        T[] One(ulong stream)
        {
            double[] drawn = Draw(parameters.Count, seed, stream);
            foreach (var slot in parameters.Slots)
            {
                var part = drawn.AsSpan(slot.Start, slot.Count);
                if (slot.Info.Shape.Rank < 2)
                {
                    part.Clear();
                    continue;
                }

                int filter = slot.Count / slot.Info.Shape[0];
                for (int start = 0; start < slot.Count; start += filter)
                {
                    Scale(part.Slice(start, filter), Norm<T>(slot.Value.Span.Slice(start, filter)));
                }
            }

            _ = Required(TensorPrimitives.Norm<double>(drawn), "filter-normalized directions are scaled by the weights");
            return [.. drawn.Select(T.CreateTruncating)];
        }
    }

    /// <summary>The cosine of the angle between two directions.</summary>
    public static double Cosine<T>(T[] a, T[] b) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        TensorPrimitives.CosineSimilarity<double>(Doubles<T>(a), Doubles<T>(b));

    internal static double Norm<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T> => TensorPrimitives.Norm<double>(Doubles(values));

    internal static double[] Doubles<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] doubles = new double[values.Length];
        TensorPrimitives.ConvertTruncating(values, doubles.AsSpan());
        return doubles;
    }

    static double[] Draw(int count, ulong seed, ulong index)
    {
        var stream = new RandomStream(seed, StreamPurpose.Probe, index);
        double[] drawn = new double[count];
        foreach (ref double x in drawn.AsSpan())
        {
            x = stream.NextNormal();
        }

        return drawn;
    }

    static void Scale(Span<double> vector, double length)
    {
        double norm = TensorPrimitives.Norm<double>(vector);
        TensorPrimitives.Multiply(vector, norm > 0 ? length / norm : 0, vector);
    }

    static T[] Scaled<T>(double[] vector, double length) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Scale(vector, length);
        return [.. vector.Select(T.CreateTruncating)];
    }

    static double Required(double norm, string why) => norm > 0 && double.IsFinite(norm) ? norm
        : throw new BadInputException($"The directions have the norm {norm}: {why}, and all of those are 0 or not finite.");
}
