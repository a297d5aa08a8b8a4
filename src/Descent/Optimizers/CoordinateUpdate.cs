using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Runs a rule's formula over parameters, a vector at a time, in chunks. One pass, whatever the rule.</summary>
/// <remarks>Made once and kept, so that a step allocates nothing. The last few elements go through a padded copy: a formula sees full
/// vectors only, and gives the same bits for an element wherever it stands.</remarks>
abstract unsafe class CoordinateUpdate<V, T>(CoordinateChunk<T>[] chunks)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int MostStates = 4;

    T gradientScale = T.One;
    Action<int>? body;
    RestingRuns<T>? resting;
    bool leavesOutResting;
    long knownWrites;

    public Work Work => new(chunks.Length, body ??= Run);

    /// <summary>Every gradient is multiplied by this first: clipping costs no pass of its own.</summary>
    public double GradientScale { set => gradientScale = T.CreateTruncating(value); }

    /// <summary>Leaves out coordinates at rest in the coming step, or goes over all.</summary>
    /// <param name="isLeftOut">Whether the rule as it now stands keeps them as they are.</param>
    /// <param name="stateWrites">How often states have been written by others than rules.</param>
    public void LeaveOutResting(bool isLeftOut, long stateWrites)
    {
        leavesOutResting = isLeftOut && T.IsFinite(gradientScale);
        resting ??= new RestingRuns<T>(chunks);
        if (!leavesOutResting || knownWrites != stateWrites)
        {
            resting.Forget();
            knownWrites = stateWrites;
        }
    }

    protected abstract void Run(in CoordinateChunk<T> chunk, V scale);

    void Run(int index)
    {
        var chunk = chunks[index];
        int whole = chunk.Count / V.Count * V.Count, rest = chunk.Count - whole;
        V scale = V.Broadcast(gradientScale);
        RunWhole(index, chunk with { Count = whole }, scale);
        if (rest > 0)
        {
            RunTail(chunk.From(whole), scale);
        }
    }

    void RunWhole(int index, in CoordinateChunk<T> chunk, V scale)
    {
        if (!leavesOutResting)
        {
            Run(chunk, scale);
            return;
        }

        for (int at = 0; resting!.Next(index, chunk, ref at, out int count); at += count)
        {
            Run(chunk.From(at) with { Count = count }, scale);
        }
    }

    void RunTail(CoordinateChunk<T> tail, V scale)
    {
        T* padded = stackalloc T[(2 + MostStates) * V.Count];
        new Span<T>(padded, (2 + MostStates) * V.Count).Clear();
        var full = new CoordinateChunk<T>
        {
            P = padded,
            G = padded + V.Count,
            S0 = padded + (2 * V.Count),
            S1 = padded + (3 * V.Count),
            S2 = padded + (4 * V.Count),
            S3 = padded + (5 * V.Count),
            Count = V.Count,
        };
        Copy(tail, full, tail.Count);
        Run(full, scale);
        Copy(full with { G = null }, tail, tail.Count);
    }

    static void Copy(in CoordinateChunk<T> from, in CoordinateChunk<T> to, int count)
    {
        Copy(from.P, to.P, count);
        Copy(from.G, to.G, count);
        Copy(from.S0, to.S0, count);
        Copy(from.S1, to.S1, count);
        Copy(from.S2, to.S2, count);
        Copy(from.S3, to.S3, count);
    }

    static void Copy(T* from, T* to, int count)
    {
        if (from is not null && to is not null)
        {
            new ReadOnlySpan<T>(from, count).CopyTo(new Span<T>(to, count));
        }
    }
}

sealed unsafe class CoordinateUpdate0<V, T, TRule>(CoordinateChunk<T>[] chunks) : CoordinateUpdate<V, T>(chunks)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TRule : struct, ICoordinateRule<V>
{
    public TRule Rule { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Run(in CoordinateChunk<T> chunk, V scale)
    {
        var rule = Rule;
        int count = chunk.Count;
        T* p = chunk.P, g = chunk.G;
        for (int i = 0; i < count; i += V.Count)
        {
            V value = V.Load(p + i);
            rule.Apply(ref value, scale * V.Load(g + i));
            V.Store(value, p + i);
        }
    }
}

sealed unsafe class CoordinateUpdate1<V, T, TRule>(CoordinateChunk<T>[] chunks) : CoordinateUpdate<V, T>(chunks)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TRule : struct, ICoordinateRule1<V>
{
    public TRule Rule { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Run(in CoordinateChunk<T> chunk, V scale)
    {
        var rule = Rule;
        int count = chunk.Count;
        T* p = chunk.P, g = chunk.G, s0 = chunk.S0;
        for (int i = 0; i < count; i += V.Count)
        {
            V value = V.Load(p + i), state = V.Load(s0 + i);
            rule.Apply(ref value, scale * V.Load(g + i), ref state);
            V.Store(value, p + i);
            V.Store(state, s0 + i);
        }
    }
}

sealed unsafe class CoordinateUpdate2<V, T, TRule>(CoordinateChunk<T>[] chunks) : CoordinateUpdate<V, T>(chunks)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TRule : struct, ICoordinateRule2<V>
{
    public TRule Rule { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Run(in CoordinateChunk<T> chunk, V scale)
    {
        var rule = Rule;
        int count = chunk.Count;
        T* p = chunk.P, g = chunk.G, s0 = chunk.S0, s1 = chunk.S1;
        for (int i = 0; i < count; i += V.Count)
        {
            V value = V.Load(p + i), first = V.Load(s0 + i), second = V.Load(s1 + i);
            rule.Apply(ref value, scale * V.Load(g + i), ref first, ref second);
            V.Store(value, p + i);
            V.Store(first, s0 + i);
            V.Store(second, s1 + i);
        }
    }
}

sealed unsafe class CoordinateUpdate3<V, T, TRule>(CoordinateChunk<T>[] chunks) : CoordinateUpdate<V, T>(chunks)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TRule : struct, ICoordinateRule3<V>
{
    public TRule Rule { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Run(in CoordinateChunk<T> chunk, V scale)
    {
        var rule = Rule;
        int count = chunk.Count;
        T* p = chunk.P, g = chunk.G, s0 = chunk.S0, s1 = chunk.S1, s2 = chunk.S2;
        for (int i = 0; i < count; i += V.Count)
        {
            V value = V.Load(p + i), first = V.Load(s0 + i), second = V.Load(s1 + i), third = V.Load(s2 + i);
            rule.Apply(ref value, scale * V.Load(g + i), ref first, ref second, ref third);
            V.Store(value, p + i);
            V.Store(first, s0 + i);
            V.Store(second, s1 + i);
            V.Store(third, s2 + i);
        }
    }
}

sealed unsafe class CoordinateUpdate4<V, T, TRule>(CoordinateChunk<T>[] chunks) : CoordinateUpdate<V, T>(chunks)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TRule : struct, ICoordinateRule4<V>
{
    public TRule Rule { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Run(in CoordinateChunk<T> chunk, V scale)
    {
        var rule = Rule;
        int count = chunk.Count;
        T* p = chunk.P, g = chunk.G, s0 = chunk.S0, s1 = chunk.S1, s2 = chunk.S2, s3 = chunk.S3;
        for (int i = 0; i < count; i += V.Count)
        {
            V value = V.Load(p + i), first = V.Load(s0 + i), second = V.Load(s1 + i), third = V.Load(s2 + i),
                fourth = V.Load(s3 + i);
            rule.Apply(ref value, scale * V.Load(g + i), ref first, ref second, ref third, ref fourth);
            V.Store(value, p + i);
            V.Store(first, s0 + i);
            V.Store(second, s1 + i);
            V.Store(third, s2 + i);
            V.Store(fourth, s3 + i);
        }
    }
}
