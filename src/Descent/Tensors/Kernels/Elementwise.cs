namespace Descent.Tensors.Kernels;

/// <summary>y from x, element by element, on a part of both.</summary>
public delegate void UnaryPass<T>(ReadOnlySpan<T> x, Span<T> y);

/// <summary>y from a and b, element by element, on a part of all three.</summary>
public delegate void BinaryPass<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y);

/// <summary>Passes over whole tensors, in chunks.</summary>
/// <remarks>The passes themselves are mostly TensorPrimitives'. Those may round an element differently in a vector's tail than in its body, so the chunks
/// depend on the number of elements alone.</remarks>
public static class Elementwise
{
    const int Chunk = 1 << 14;

    public static Work Map<T>(Tensor<T> x, Tensor<T> y, UnaryPass<T> pass) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(Chunks(y), chunk => pass(Part(x, chunk), Part(y, chunk)));

    public static Work Map<T>(Tensor<T> a, Tensor<T> b, Tensor<T> y, BinaryPass<T> pass) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(Chunks(y), chunk => pass(Part(a, chunk), Part(b, chunk), Part(y, chunk)));

    static int Chunks<T>(Tensor<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T> => (y.Count + Chunk - 1) / Chunk;

    static Span<T> Part<T>(Tensor<T> x, int chunk) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        x.Span.Slice(chunk * Chunk, Math.Min(Chunk, x.Count - (chunk * Chunk)));
}
