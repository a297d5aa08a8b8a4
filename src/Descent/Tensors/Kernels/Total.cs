namespace Descent.Tensors.Kernels;

/// <summary>The sum of all elements of a tensor.</summary>
public static class Total
{
    const int ElementsPerChunk = 1 << 14;

    // Short enough that float's rounding within a piece stays below that of the elements themselves.
    const int ElementsPerPiece = 256;

    /// <summary>y [] = Σ x: pieces in vectors of T, added in double, in an order that depends on the shape alone.</summary>
    public static unsafe void Record<T>(IRecorder recorder, Tensor<T> x, Tensor<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int chunks = (x.Count + ElementsPerChunk - 1) / ElementsPerChunk;
        using var scratch = recorder.Arena.OpenScratch();
        double* partial = scratch.Take<double>(chunks);
        recorder.Run(new Work(chunks, chunk =>
        {
            int end = Math.Min(x.Count, (chunk + 1) * ElementsPerChunk);
            double sum = 0;
            for (int start = chunk * ElementsPerChunk; start < end; start += ElementsPerPiece)
            {
                sum += double.CreateTruncating(TensorPrimitives.Sum<T>(x.Span[start..Math.Min(end, start + ElementsPerPiece)]));
            }

            partial[chunk] = sum;
        }));
        recorder.Run(new Work(1, _ =>
        {
            double sum = 0;
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                sum += partial[chunk];
            }

            y.Span[0] = T.CreateTruncating(sum);
        }));
    }
}
