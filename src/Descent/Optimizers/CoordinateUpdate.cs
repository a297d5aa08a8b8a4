using System.Runtime.CompilerServices;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Runs a rule's formula over the whole parameter buffer, a vector at a time, in chunks. One pass, whatever the rule.</summary>
/// <remarks>Made once and kept, so that a step allocates nothing. The last few elements go through a padded copy: a formula sees full
/// vectors only, and gives the same bits for an element wherever it stands.</remarks>
abstract unsafe class CoordinateUpdate<V, T>(Parameters<T> parameters, IReadOnlyList<Tensor<T>> states)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Chunk = 1 << 14;
    const int MostStates = 3;

    T gradientScale = T.One;
    Action<int>? body;

    public Work Work => new((parameters.Count + Chunk - 1) / Chunk, body ??= Run);

    /// <summary>Every gradient is multiplied by this first: clipping costs no pass of its own.</summary>
    public double GradientScale { set => gradientScale = T.CreateTruncating(value); }

    protected abstract void Run(T* p, T* g, T* s0, T* s1, T* s2, int count, V scale);

    void Run(int chunk)
    {
        int start = chunk * Chunk, count = Math.Min(Chunk, parameters.Count - start), whole = count / V.Count * V.Count;
        T* p = parameters.Values.Data + start, g = parameters.Gradients.Data + start;
        T* s0 = State(0, start), s1 = State(1, start), s2 = State(2, start);
        V scale = V.Broadcast(gradientScale);
        Run(p, g, s0, s1, s2, whole, scale);
        if (whole < count)
        {
            RunTail(p + whole, g + whole, s0 + whole, s1 + whole, s2 + whole, count - whole, scale);
        }
    }

    void RunTail(T* p, T* g, T* s0, T* s1, T* s2, int count, V scale)
    {
        T* padded = stackalloc T[(2 + MostStates) * V.Count];
        new Span<T>(padded, (2 + MostStates) * V.Count).Clear();
        T* p1 = padded, g1 = p1 + V.Count, t0 = g1 + V.Count, t1 = t0 + V.Count, t2 = t1 + V.Count;
        Copy(p, p1, count);
        Copy(g, g1, count);
        Copy(s0, t0, states.Count > 0 ? count : 0);
        Copy(s1, t1, states.Count > 1 ? count : 0);
        Copy(s2, t2, states.Count > 2 ? count : 0);
        Run(p1, g1, t0, t1, t2, V.Count, scale);
        Copy(p1, p, count);
        Copy(t0, s0, states.Count > 0 ? count : 0);
        Copy(t1, s1, states.Count > 1 ? count : 0);
        Copy(t2, s2, states.Count > 2 ? count : 0);
    }

    T* State(int index, int start) => index < states.Count ? states[index].Data + start : null;

    static void Copy(T* from, T* to, int count) => new ReadOnlySpan<T>(from, count).CopyTo(new Span<T>(to, count));
}

sealed unsafe class CoordinateUpdate0<V, T, TRule>(Parameters<T> parameters) : CoordinateUpdate<V, T>(parameters, [])
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TRule : struct, ICoordinateRule<V>
{
    public TRule Rule { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Run(T* p, T* g, T* s0, T* s1, T* s2, int count, V scale)
    {
        var rule = Rule;
        for (int i = 0; i < count; i += V.Count)
        {
            V value = V.Load(p + i);
            rule.Apply(ref value, scale * V.Load(g + i));
            V.Store(value, p + i);
        }
    }
}

sealed unsafe class CoordinateUpdate1<V, T, TRule>(Parameters<T> parameters, IReadOnlyList<Tensor<T>> states)
    : CoordinateUpdate<V, T>(parameters, states)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TRule : struct, ICoordinateRule1<V>
{
    public TRule Rule { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Run(T* p, T* g, T* s0, T* s1, T* s2, int count, V scale)
    {
        var rule = Rule;
        for (int i = 0; i < count; i += V.Count)
        {
            V value = V.Load(p + i), state = V.Load(s0 + i);
            rule.Apply(ref value, scale * V.Load(g + i), ref state);
            V.Store(value, p + i);
            V.Store(state, s0 + i);
        }
    }
}

sealed unsafe class CoordinateUpdate2<V, T, TRule>(Parameters<T> parameters, IReadOnlyList<Tensor<T>> states)
    : CoordinateUpdate<V, T>(parameters, states)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TRule : struct, ICoordinateRule2<V>
{
    public TRule Rule { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Run(T* p, T* g, T* s0, T* s1, T* s2, int count, V scale)
    {
        var rule = Rule;
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

sealed unsafe class CoordinateUpdate3<V, T, TRule>(Parameters<T> parameters, IReadOnlyList<Tensor<T>> states)
    : CoordinateUpdate<V, T>(parameters, states)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TRule : struct, ICoordinateRule3<V>
{
    public TRule Rule { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Run(T* p, T* g, T* s0, T* s1, T* s2, int count, V scale)
    {
        var rule = Rule;
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
