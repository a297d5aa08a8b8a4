namespace Descent.Tensors.Kernels;

/// <summary>Several numbers side by side in one register, or one number: what a formula of an update rule needs.</summary>
/// <remarks>All operations are exact IEEE operations lane by lane, never contracted, so a formula gives the same bits at every width.</remarks>
public interface IVector<V> where V : struct, IVector<V>
{
    /// <summary>Every lane holds <paramref name="value"/>, rounded to the lanes' type.</summary>
    static abstract V Broadcast(double value);

    static abstract V Sqrt(V x);

    static abstract V Abs(V x);

    /// <summary>The larger lane by lane; which operand a NaN lets through is not specified.</summary>
    static abstract V Max(V x, V y);

    /// <summary>The smaller lane by lane; which operand a NaN lets through is not specified.</summary>
    static abstract V Min(V x, V y);

    /// <summary>−1, 0 or 1 by the sign of x; 0 for either zero and for NaN.</summary>
    static abstract V Sign(V x);

    static abstract V operator +(V x, V y);

    static abstract V operator -(V x, V y);

    static abstract V operator *(V x, V y);

    static abstract V operator /(V x, V y);

    static abstract V operator -(V x);
}

/// <summary>A vector whose lanes are of type <typeparamref name="T"/>, with what kernels need beside arithmetic.</summary>
public unsafe interface IVector<V, T> : IVector<V> where V : struct, IVector<V, T> where T : unmanaged
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    static abstract V Broadcast(T value);

    static abstract V Load(T* source);

    static abstract void Store(V value, T* destination);

    /// <summary>x·y + z with one rounding. Kernels of sums use it; formulas of update rules must not.</summary>
    static abstract V FusedMultiplyAdd(V x, V y, V z);

    /// <summary>x where it is larger than zero, else zero; a NaN stays NaN.</summary>
    static abstract V Relu(V x);

    /// <summary><paramref name="below"/> where x is less than the limit, else (also where x is NaN) <paramref name="otherwise"/>.</summary>
    static abstract V WhereLess(V x, V limit, V below, V otherwise);

    /// <summary>dy where y is larger than zero, else zero.</summary>
    static abstract V WherePositive(V y, V dy);

    /// <summary>A mask, to be used by <see cref="Select"/> alone: on where x is larger than y or x is NaN.</summary>
    static abstract V IsAboveOrNaN(V x, V y);

    /// <summary><paramref name="chosen"/> where the mask is on, else <paramref name="otherwise"/>.</summary>
    static abstract V Select(V mask, V chosen, V otherwise);

    /// <summary>A byte as a whole number in every lane: a bit pattern to be selected, compared and stored, not a number to compute with.</summary>
    static abstract V BroadcastByte(byte value);

    /// <summary>As many bytes as there are lanes, as by <see cref="BroadcastByte"/>.</summary>
    static abstract V LoadBytes(byte* source);

    /// <summary>The inverse of <see cref="LoadBytes"/>.</summary>
    static abstract void StoreBytes(V bytes, byte* destination);

    /// <summary><paramref name="value"/> where two bytes are equal, else zero.</summary>
    static abstract V WhereSameByte(V bytes, V other, V value);
}
