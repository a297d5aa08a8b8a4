namespace Descent.Tensors.Kernels;

/// <summary>Sums over the rows of a matrix.</summary>
public static class ColumnSums
{
    const int ElementsPerChunk = 1 << 15;
    const int MostChunks = 64;

    /// <summary>y [m] = Σ over the rows of x [n, m]: in the order of the rows within a range of them, then in the order of the ranges.</summary>
    public static unsafe void Record<T>(IRecorder recorder, Tensor<T> x, Tensor<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = x.Shape[0], columns = x.Shape[1];
        int chunks = Math.Clamp((int)((long)rows * columns / ElementsPerChunk), 1, Math.Min(MostChunks, rows));
        using var scratch = recorder.Arena.OpenScratch();
        T* partial = chunks == 1 ? null : scratch.Take<T>((long)chunks * columns);
        recorder.Run(new Work(chunks, chunk =>
        {
            int first = (int)((long)rows * chunk / chunks), end = (int)((long)rows * (chunk + 1) / chunks);
            Sum(x.Span[(first * columns)..(end * columns)], columns, chunks == 1 ? y.Span : new Span<T>(partial + ((long)chunk * columns), columns));
        }));
        if (chunks > 1)
        {
            recorder.Run(new Work(1, _ => Sum(new ReadOnlySpan<T>(partial, chunks * columns), columns, y.Span)));
        }
    }

    static void Sum<T>(ReadOnlySpan<T> rows, int columns, Span<T> sum) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        rows[..columns].CopyTo(sum);
        for (int start = columns; start < rows.Length; start += columns)
        {
            TensorPrimitives.Add(sum, rows.Slice(start, columns), sum);
        }
    }
}
