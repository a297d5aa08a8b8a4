using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>The gradient by a bias: the sum of all pixels of dy, taken while a chunk has them at hand. Chunks have sums of their own, which are added in order.</summary>
sealed unsafe class BiasSums<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Tensor<T> db;
    readonly T* partial;
    readonly int chunks, filters;

    public BiasSums(Scratch scratch, Tensor<T> db, int chunks)
    {
        (this.db, this.chunks) = (db, chunks);
        filters = db.Count;
        partial = scratch.Take<T>((long)chunks * filters);
        Finish = new Work(1, _ => AddChunks());
    }

    /// <summary>Adds the chunks' sums, when all chunks have run.</summary>
    public Work Finish { get; }

    /// <summary>To be called once for each chunk, before <see cref="Add"/>.</summary>
    public void Clear(int chunk) => new Span<T>(partial + ((long)chunk * filters), filters).Clear();

    /// <summary>Adds so many pixels to the sums of a chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int chunk, T* pixels, long count)
    {
        T* sums = partial + ((long)chunk * filters);
        int filter = 0;
        for (; filter <= filters - V.Count; filter += V.Count)
        {
            // Two sums, since an addition takes several cycles.
            V even = default, odd = default;
            T* pixel = pixels + filter;
            long left = count;
            for (; left >= 2; left -= 2, pixel += 2 * filters)
            {
                even += V.Load(pixel);
                odd += V.Load(pixel + filters);
            }

            V last = left > 0 ? V.Load(pixel) : default;
            V.Store(V.Load(sums + filter) + (even + odd + last), sums + filter);
        }

        for (; filter < filters; filter++)
        {
            T sum = T.Zero;
            for (long i = 0; i < count; i++)
            {
                sum += pixels[(i * filters) + filter];
            }

            sums[filter] += sum;
        }
    }

    void AddChunks()
    {
        var sum = db.Span;
        new ReadOnlySpan<T>(partial, filters).CopyTo(sum);
        for (int chunk = 1; chunk < chunks; chunk++)
        {
            TensorPrimitives.Add(sum, new ReadOnlySpan<T>(partial + ((long)chunk * filters), filters), sum);
        }
    }
}
