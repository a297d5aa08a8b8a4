using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>The one-dimensional transforms of a convolution of two pixels by three taps, with a zero on either side.</summary>
/// <remarks>
/// With taps w and pixels x, y₀ = w₁·x₀ + w₂·x₁ and y₁ = w₀·x₀ + w₁·x₁: a product by a Toeplitz matrix, whose four multiplications become three by
/// m₀ = w₁·(x₀ + x₁), m₁ = (w₂ − w₁)·x₁, m₂ = (w₀ − w₁)·x₀, y₀ = m₀ + m₁, y₁ = m₀ + m₂. In two dimensions nine instead of sixteen. The transforms only add and
/// subtract: no factor enlarges a rounding error. After Winograd, "Arithmetic complexity of computations", 1980.
/// </remarks>
readonly unsafe struct SmallImageTransform<V, T> : IFilterTransform<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int FewestChannels = 32;

    /// <summary>Pixels along an axis.</summary>
    public const int Size = 2;

    /// <summary>Products of an image.</summary>
    public const int Products = 9;

    public static int Numbers => 3;

    /// <summary>3×3, stride 1, padding 1, images of 2×2, many channels.</summary>
    public static bool IsWorthIt(ConvolutionGeometry geometry) =>
        geometry is { KernelHeight: 3, KernelWidth: 3, Stride: 1, Padding: 1, Height: Size, Width: Size, Channels: >= FewestChannels, Filters: >= FewestChannels }
        && geometry.Channels % V.Count == 0 && geometry.Filters % V.Count == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Filter(T* g, nint from, T* t, nint to)
    {
        V middle = V.Load(g + from);
        V first = V.Load(g) - middle, last = V.Load(g + (2 * from)) - middle;
        V.Store(middle, t);
        V.Store(last, t + to);
        V.Store(first, t + (2 * to));
    }

    /// <summary>The transpose of <see cref="Filter"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FilterGradient(T* t, nint from, T* g, nint to)
    {
        V last = V.Load(t + from), first = V.Load(t + (2 * from));
        V.Store(first, g);
        V.Store(V.Load(t) - last - first, g + to);
        V.Store(last, g + (2 * to));
    }
}
