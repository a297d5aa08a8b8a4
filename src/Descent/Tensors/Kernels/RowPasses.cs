namespace Descent.Tensors.Kernels;

/// <summary>y [w] from x [w], for one row.</summary>
public delegate void RowPass<T>(ReadOnlySpan<T> x, Span<T> y);

/// <summary>Passes that treat each row of a matrix by itself, in chunks of rows that depend on the shape alone.</summary>
public static class RowPasses
{
    const int ElementsPerChunk = 1 << 14;

    /// <summary>Each row of y [n, m′] from the same row of x [n, m].</summary>
    public static Work Map<T>(Tensor<T> x, Tensor<T> y, RowPass<T> pass) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = x.Shape[0], from = x.Count / rows, to = y.Count / rows;
        int rowsPerChunk = Math.Max(1, ElementsPerChunk / Math.Max(from, to));
        return new((rows + rowsPerChunk - 1) / rowsPerChunk, chunk =>
        {
            int end = Math.Min(rows, (chunk + 1) * rowsPerChunk);
            for (int row = chunk * rowsPerChunk; row < end; row++)
            {
                pass(x.Span.Slice(row * from, from), y.Span.Slice(row * to, to));
            }
        });
    }

    /// <summary>y = eˣ / Σ eˣ, with the maximum taken out first. The two may be the same memory.</summary>
    public static void Softmax<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TensorPrimitives.Subtract(x, TensorPrimitives.Max(x), y);
        TensorPrimitives.Exp(y, y);
        TensorPrimitives.Divide(y, TensorPrimitives.Sum<T>(y), y);
    }

    /// <summary>y [1] = ln Σ eˣ, with the maximum taken out first.</summary>
    public static void LogSumExp<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Piece = 256;
        Span<T> exponentials = stackalloc T[Math.Min(Piece, x.Length)];
        T maximum = TensorPrimitives.Max(x);
        double sum = 0;
        for (int start = 0; start < x.Length; start += Piece)
        {
            var part = exponentials[..Math.Min(Piece, x.Length - start)];
            TensorPrimitives.Subtract(x.Slice(start, part.Length), maximum, part);
            TensorPrimitives.Exp(part, part);
            sum += double.CreateTruncating(TensorPrimitives.Sum<T>(part));
        }

        y[0] = maximum + T.CreateTruncating(Math.Log(sum));
    }
}
