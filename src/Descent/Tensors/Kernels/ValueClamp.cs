namespace Descent.Tensors.Kernels;

/// <summary>Brings every number of a tensor into [−limit, limit], in place, and sums the squares of what is left: one pass.</summary>
/// <remarks>Made once for a tensor and run every step without an allocation.</remarks>
public sealed class ValueClamp<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Chunk = 1 << 14;

    readonly Tensor<T> x;
    readonly T limit;
    readonly double[] partial;
    readonly Work work;

    public ValueClamp(Tensor<T> x, double limit)
    {
        (this.x, this.limit) = (x, T.CreateTruncating(limit));
        partial = new double[(x.Count + Chunk - 1) / Chunk];
        work = new Work(partial.Length, RunChunk);
    }

    /// <returns>Σ x² after the clamp.</returns>
    public double Run(Executor executor)
    {
        executor.Run(work);
        return ShortSums.InOrder(partial);
    }

    void RunChunk(int chunk)
    {
        var part = x.Span.Slice(chunk * Chunk, Math.Min(Chunk, x.Count - (chunk * Chunk)));
        TensorPrimitives.Clamp(part, -limit, limit, part);
        partial[chunk] = ShortSums.OfSquares<T>(part);
    }
}
