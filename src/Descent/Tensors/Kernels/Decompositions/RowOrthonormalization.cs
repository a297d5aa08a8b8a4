namespace Descent.Tensors.Kernels;

/// <summary>Orthonormal rows, of which the first k span what the first k given rows span, for every k: the Q of a QR decomposition by Householder's
/// reflections, with vectors as rows.</summary>
/// <remarks>Each row may come out with either sign. Rows that depend on those before give some orthonormal row. Reflections are applied in panels that stay in
/// the cache. Made once for a size; a run allocates nothing, and its bits do not depend on the number of threads.</remarks>
sealed unsafe class RowOrthonormalization<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Panel = 16, RowsPerChunk = 16, RowsPerBand = 8;

    readonly Executor executor;
    readonly Tensor<T> reflections, result;
    readonly Action<int> apply, form;
    readonly int size, padded;
    int first;

    /// <param name="memory">Outlives the plan.</param>
    public RowOrthonormalization(DecompositionMemory<V, T> memory, Executor executor, int size)
    {
        (this.executor, this.size, padded) = (executor, size, Reflection<V, T>.Padded(size));
        reflections = memory.First.Slice(0, new Shape(size * padded));
        result = memory.Second.Slice(0, new Shape(size * padded));
        (apply, form) = (Apply, Form);
    }

    /// <summary>The place of a row that is to be given before <see cref="Run"/>, which overwrites it.</summary>
    public Span<T> Given(int row) => reflections.Span.Slice(row * padded, size);

    /// <param name="orthonormal">[size, size].</param>
    public void Run(Tensor<T> orthonormal)
    {
        for (int i = 0; i < size; i++)
        {
            reflections.Span.Slice((i * padded) + size, padded - size).Clear();
        }

        for (first = 0; first < size; first += Panel)
        {
            MakePanel();
            int rest = size - first - Panel;
            if (rest > 0)
            {
                executor.Run(new Work((rest + RowsPerChunk - 1) / RowsPerChunk, apply));
            }
        }

        executor.Run(new Work((size + RowsPerBand - 1) / RowsPerBand, form));
        for (int i = 0; i < size; i++)
        {
            result.Span.Slice(i * padded, size).CopyTo(orthonormal.Span.Slice(i * size, size));
        }
    }

    T* Row(int i) => reflections.Data + ((long)i * padded);

    void MakePanel()
    {
        for (int k = first; k < Math.Min(size, first + Panel); k++)
        {
            for (int earlier = first; earlier < k; earlier++)
            {
                Reflection<V, T>.Apply(Row(k), Row(earlier), earlier, padded);
            }

            _ = Reflection<V, T>.Make(Row(k), k, size);
        }
    }

    void Apply(int chunk)
    {
        int begin = first + Panel + (chunk * RowsPerChunk);
        for (int i = begin; i < Math.Min(size, begin + RowsPerChunk); i++)
        {
            for (int k = first; k < first + Panel; k++)
            {
                Reflection<V, T>.Apply(Row(i), Row(k), k, padded);
            }
        }
    }

    /// <summary>Row j is H₀·…·Hⱼ·eⱼ: later reflections leave eⱼ as it is.</summary>
    void Form(int band)
    {
        int begin = band * RowsPerBand, end = Math.Min(size, begin + RowsPerBand);
        new Span<T>(result.Data + ((long)begin * padded), (end - begin) * padded).Clear();
        for (int j = begin; j < end; j++)
        {
            result.Data[((long)j * padded) + j] = T.One;
        }

        for (int k = end - 1; k >= 0; k--)
        {
            for (int j = Math.Max(begin, k); j < end; j++)
            {
                Reflection<V, T>.Apply(result.Data + ((long)j * padded), Row(k), k, padded);
            }
        }
    }
}
