using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>What follows the normalization z in the same pass, and what its gradient lets through.</summary>
unsafe interface INormalizationForm<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether y is cut off at zero.</summary>
    static abstract bool IsRectified { get; }

    /// <summary>Whether the gradient by z is stored, because somebody else has the same: the addend.</summary>
    static abstract bool HasAddend { get; }

    /// <summary>y from z and the addend's place.</summary>
    static abstract V Output<V>(V z, T* addend) where V : struct, IVector<V, T>;

    /// <summary>The gradient by z from that by y; z is what <see cref="Output"/> was given, <paramref name="y"/> the place of what it gave.</summary>
    static abstract V Gradient<V>(V z, T* y, V dy) where V : struct, IVector<V, T>;
}

/// <summary>y = z.</summary>
readonly unsafe struct PlainForm<T> : INormalizationForm<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsRectified => false;

    public static bool HasAddend => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Output<V>(V z, T* addend) where V : struct, IVector<V, T> => z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient<V>(V z, T* y, V dy) where V : struct, IVector<V, T> => dy;
}

/// <summary>y = max(z, 0). The gradient computes z again rather than reading y: memory is slower.</summary>
readonly unsafe struct ReluForm<T> : INormalizationForm<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsRectified => true;

    public static bool HasAddend => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Output<V>(V z, T* addend) where V : struct, IVector<V, T> => V.Relu(z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient<V>(V z, T* y, V dy) where V : struct, IVector<V, T> => V.WherePositive(z, dy);
}

/// <summary>y = max(z + addend, 0).</summary>
readonly unsafe struct AddReluForm<T> : INormalizationForm<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool IsRectified => true;

    public static bool HasAddend => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Output<V>(V z, T* addend) where V : struct, IVector<V, T> => V.Relu(z + V.Load(addend));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Gradient<V>(V z, T* y, V dy) where V : struct, IVector<V, T> => V.WherePositive(V.Load(y), dy);
}
