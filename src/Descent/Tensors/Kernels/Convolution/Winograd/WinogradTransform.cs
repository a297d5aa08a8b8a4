using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>The one-dimensional transforms of Winograd's F(4, 3), on vectors of channels.</summary>
/// <remarks>
/// Cook and Toom's construction over the points 0, ±3/4, ±3/2 and ∞: four outputs of a filter of three from six products. With these points the rounding
/// error in float is smaller than with the usual 0, ±1, ±2, ∞, at the same cost. y = Aᵀ[(G·g) ⊙ (Bᵀ·d)] in one dimension, applied to rows and columns
/// in two. Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016.
/// </remarks>
readonly unsafe struct WinogradTransform<V, T> : IFilterTransform<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const double A = 0.75, B = 1.5, A2 = A * A, B2 = B * B, NA = 2 * A2 * (A2 - B2), NB = 2 * B2 * (B2 - A2);

    /// <summary>Outputs along an axis.</summary>
    public const int Outputs = 4;

    /// <summary>Inputs along an axis, and products.</summary>
    public const int Inputs = 6;

    /// <summary>Products of a tile.</summary>
    public const int Products = Inputs * Inputs;

    public static int Numbers => Inputs;

    /// <summary>Bᵀ·d: six numbers from six.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input(V d0, V d1, V d2, V d3, V d4, V d5, T* t, nint to)
    {
        V product = V.Broadcast(A2 * B2), sum = V.Broadcast(-(A2 + B2)), a2 = V.Broadcast(-A2), b2 = V.Broadcast(-B2);
        V evenA = V.FusedMultiplyAdd(b2, d2, d4), oddA = V.Broadcast(A) * V.FusedMultiplyAdd(b2, d1, d3);
        V evenB = V.FusedMultiplyAdd(a2, d2, d4), oddB = V.Broadcast(B) * V.FusedMultiplyAdd(a2, d1, d3);
        V.Store(V.FusedMultiplyAdd(product, d0, V.FusedMultiplyAdd(sum, d2, d4)), t);
        V.Store(evenA + oddA, t + to);
        V.Store(evenA - oddA, t + (2 * to));
        V.Store(evenB + oddB, t + (3 * to));
        V.Store(evenB - oddB, t + (4 * to));
        V.Store(V.FusedMultiplyAdd(product, d1, V.FusedMultiplyAdd(sum, d3, d5)), t + (5 * to));
    }

    /// <summary>Aᵀ·m: four numbers from six.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output(T* m, nint from, out V y0, out V y1, out V y2, out V y3)
    {
        V m1 = V.Load(m + from), m2 = V.Load(m + (2 * from)), m3 = V.Load(m + (3 * from)), m4 = V.Load(m + (4 * from));
        V sumA = m1 + m2, differenceA = m1 - m2, sumB = m3 + m4, differenceB = m3 - m4;
        y0 = V.Load(m) + sumA + sumB;
        y1 = V.FusedMultiplyAdd(V.Broadcast(A), differenceA, V.Broadcast(B) * differenceB);
        y2 = V.FusedMultiplyAdd(V.Broadcast(A2), sumA, V.Broadcast(B2) * sumB);
        y3 = V.FusedMultiplyAdd(V.Broadcast(B * B2), differenceB, V.FusedMultiplyAdd(V.Broadcast(A * A2), differenceA, V.Load(m + (5 * from))));
    }

    /// <summary>A·y: six numbers from four, the transpose of <see cref="Output"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGradient(V y0, V y1, V y2, V y3, T* m, nint to)
    {
        V evenA = V.FusedMultiplyAdd(V.Broadcast(A2), y2, y0), oddA = V.FusedMultiplyAdd(V.Broadcast(A * A2), y3, V.Broadcast(A) * y1);
        V evenB = V.FusedMultiplyAdd(V.Broadcast(B2), y2, y0), oddB = V.FusedMultiplyAdd(V.Broadcast(B * B2), y3, V.Broadcast(B) * y1);
        V.Store(y0, m);
        V.Store(evenA + oddA, m + to);
        V.Store(evenA - oddA, m + (2 * to));
        V.Store(evenB + oddB, m + (3 * to));
        V.Store(evenB - oddB, m + (4 * to));
        V.Store(y3, m + (5 * to));
    }

    /// <summary>G·g: six numbers from three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Filter(T* g, nint from, T* t, nint to)
    {
        V g0 = V.Load(g), g1 = V.Load(g + from), g2 = V.Load(g + (2 * from));
        V evenA = V.FusedMultiplyAdd(V.Broadcast(A2 / NA), g2, V.Broadcast(1 / NA) * g0), oddA = V.Broadcast(A / NA) * g1;
        V evenB = V.FusedMultiplyAdd(V.Broadcast(B2 / NB), g2, V.Broadcast(1 / NB) * g0), oddB = V.Broadcast(B / NB) * g1;
        V.Store(V.Broadcast(1 / (A2 * B2)) * g0, t);
        V.Store(evenA + oddA, t + to);
        V.Store(evenA - oddA, t + (2 * to));
        V.Store(evenB + oddB, t + (3 * to));
        V.Store(evenB - oddB, t + (4 * to));
        V.Store(g2, t + (5 * to));
    }

    /// <summary>Gᵀ·t: three numbers from six, the transpose of <see cref="Filter"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FilterGradient(T* t, nint from, T* g, nint to)
    {
        V t1 = V.Load(t + from), t2 = V.Load(t + (2 * from)), t3 = V.Load(t + (3 * from)), t4 = V.Load(t + (4 * from));
        V sumA = t1 + t2, sumB = t3 + t4;
        V first = V.FusedMultiplyAdd(V.Broadcast(1 / NA), sumA, V.Broadcast(1 / NB) * sumB);
        V.Store(V.FusedMultiplyAdd(V.Broadcast(1 / (A2 * B2)), V.Load(t), first), g);
        V.Store(V.FusedMultiplyAdd(V.Broadcast(A / NA), t1 - t2, V.Broadcast(B / NB) * (t3 - t4)), g + to);
        V.Store(V.FusedMultiplyAdd(V.Broadcast(A2 / NA), sumA, V.FusedMultiplyAdd(V.Broadcast(B2 / NB), sumB, V.Load(t + (5 * from)))), g + (2 * to));
    }
}
