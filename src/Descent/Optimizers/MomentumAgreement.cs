using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Gathers a parameter's mean gradient and counts the coordinates where it and the gradient have one sign.</summary>
sealed unsafe class MomentumAgreement<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly CoordinateChunk<T>[] chunks;
    readonly int[] counts;
    readonly Work work;
    V kept;
    V added;
    V scale;

    public MomentumAgreement(StepParameter<T> parameter, string mean)
    {
        chunks = CoordinateChunks.Of([parameter], mean);
        counts = new int[chunks.Length];
        work = new Work(chunks.Length, Run);
    }

    /// <summary>m ← β·m + (1−β)·g, and how many coordinates have m·g > 0.</summary>
    public double Run(StepContext<V, T> step, double beta)
    {
        (kept, added, scale) = (V.Broadcast(beta), V.Broadcast(1 - beta), V.Broadcast(T.CreateTruncating(step.GradientScale)));
        step.Executor.Run(work);
        long total = 0;
        foreach (int count in counts)
        {
            total += count;
        }

        return total;
    }

    void Run(int index)
    {
        var chunk = chunks[index];
        int whole = chunk.Count / V.Count * V.Count, rest = chunk.Count - whole;
        V sum = Run(chunk.G, chunk.S0, whole);
        if (rest > 0)
        {
            // Zeros agree with nothing.
            T* padded = stackalloc T[2 * V.Count];
            new Span<T>(padded, 2 * V.Count).Clear();
            new ReadOnlySpan<T>(chunk.G + whole, rest).CopyTo(new Span<T>(padded, rest));
            new ReadOnlySpan<T>(chunk.S0 + whole, rest).CopyTo(new Span<T>(padded + V.Count, rest));
            sum += Run(padded, padded + V.Count, V.Count);
            new ReadOnlySpan<T>(padded + V.Count, rest).CopyTo(new Span<T>(chunk.S0 + whole, rest));
        }

        // A chunk is short enough for float to count its coordinates exactly.
        T* lanes = stackalloc T[V.Count];
        V.Store(sum, lanes);
        T count = T.Zero;
        for (int i = 0; i < V.Count; i++)
        {
            count += lanes[i];
        }

        counts[index] = int.CreateTruncating(count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    V Run(T* g, T* m, int count)
    {
        V kept = this.kept, added = this.added, scale = this.scale, zero = V.Broadcast(T.Zero), sum = zero;
        for (int i = 0; i < count; i += V.Count)
        {
            V gradient = scale * V.Load(g + i), mean = (kept * V.Load(m + i)) + (added * gradient);
            sum += V.Max(V.Sign(mean) * V.Sign(gradient), zero);
            V.Store(mean, m + i);
        }

        return sum;
    }
}
