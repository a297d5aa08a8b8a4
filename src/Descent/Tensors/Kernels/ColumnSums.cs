namespace Descent.Tensors.Kernels;

/// <summary>Sums over the rows of a matrix.</summary>
public static class ColumnSums
{
    const int ColumnsPerChunk = 256;

    /// <summary>y [m] = Σ over the rows of x [n, m], in the order of the rows.</summary>
    public static Work Sum<T>(Tensor<T> x, Tensor<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = x.Shape[0], columns = x.Shape[1];
        return new((columns + ColumnsPerChunk - 1) / ColumnsPerChunk, chunk =>
        {
            int first = chunk * ColumnsPerChunk, width = Math.Min(ColumnsPerChunk, columns - first);
            var sum = y.Span.Slice(first, width);
            x.Span.Slice(first, width).CopyTo(sum);
            for (int row = 1; row < rows; row++)
            {
                TensorPrimitives.Add(sum, x.Span.Slice((row * columns) + first, width), sum);
            }
        });
    }
}
