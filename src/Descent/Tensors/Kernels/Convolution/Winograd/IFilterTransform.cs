namespace Descent.Tensors.Kernels;

/// <summary>What a row of three taps becomes in the domain of the products; applied to rows and columns in two dimensions.</summary>
unsafe interface IFilterTransform<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers that three taps become.</summary>
    static abstract int Numbers { get; }

    /// <summary>From three vectors at <paramref name="g"/>, <paramref name="from"/> elements apart, to <see cref="Numbers"/> at <paramref name="t"/>.</summary>
    static abstract void Filter(T* g, nint from, T* t, nint to);
}
