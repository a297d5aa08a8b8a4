using Descent.Tensors;

namespace Descent.Formats;

/// <summary>How PyTorch lays a parameter out, against how it lies in memory here. Files hold PyTorch's names, shapes and order, so that either side reads the other's.</summary>
/// <remarks>Images are [height, width, channels] here and [channels, height, width] there. So a filter [F, KH, KW, C] is [F, C, KH, KW] in a file; and the first linear layer
/// behind a flatten (see <see cref="ParameterInfo.FlattenedFrom"/>) has its inputs in another order: those of an output, [H, W, C] here, are [C, H, W] in a file. Everything else is the same. A state of an
/// optimizer follows its parameter.</remarks>
public static class PyTorchLayout
{
    const int FilterRank = 4;

    /// <summary>The sizes in a file.</summary>
    public static IReadOnlyList<int> ShapeOf(ParameterInfo parameter)
    {
        var shape = parameter.Shape;
        return shape.Rank == FilterRank ? [shape[0], shape[3], shape[1], shape[2]] : shape.ToArray();
    }

    /// <summary>Writes the values in the order of a file.</summary>
    /// <param name="values">As they lie in memory.</param>
    /// <param name="destination">As long; must not overlap the values.</param>
    public static void ToPyTorch<T>(ParameterInfo parameter, ReadOnlySpan<T> values, Span<T> destination)
    {
        Require(parameter, values.Length, destination.Length);
        var (places, channels) = Image(parameter);
        Transpose(values, destination, places, channels);
    }

    /// <summary>Writes the values in the order of memory.</summary>
    /// <param name="values">As they lie in a file.</param>
    /// <param name="destination">As long; must not overlap the values.</param>
    public static void FromPyTorch<T>(ParameterInfo parameter, ReadOnlySpan<T> values, Span<T> destination)
    {
        Require(parameter, values.Length, destination.Length);
        var (places, channels) = Image(parameter);
        Transpose(values, destination, channels, places);
    }

    /// <summary>The places and channels of what each first index looks at; one channel where the order is the same.</summary>
    static (int Places, int Channels) Image(ParameterInfo parameter)
    {
        var shape = parameter.Shape;
        return parameter.FlattenedFrom is { } image ? (image[0] * image[1], image[2])
            : shape.Rank == FilterRank ? (shape[1] * shape[2], shape[3])
            : (shape.Count, 1);
    }

    /// <summary>[n, rows, columns] to [n, columns, rows].</summary>
    static void Transpose<T>(ReadOnlySpan<T> values, Span<T> destination, int rows, int columns)
    {
        for (int start = 0; start < values.Length; start += rows * columns)
        {
            var from = values.Slice(start, rows * columns);
            var to = destination.Slice(start, rows * columns);
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    to[(column * rows) + row] = from[(row * columns) + column];
                }
            }
        }
    }

    static void Require(ParameterInfo parameter, int length, int destinationLength)
    {
        if (length != parameter.Shape.Count || destinationLength != length)
        {
            throw new ArgumentException($"{parameter.Name} has {parameter.Shape.Count} values, given are {length} and {destinationLength}.", nameof(length));
        }
    }
}
