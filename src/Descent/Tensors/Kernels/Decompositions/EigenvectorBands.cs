namespace Descent.Tensors.Kernels;

/// <summary>The eigenvectors as rows, made from reflections and rotations in bands of columns that stay in the second-level cache.</summary>
/// <param name="size">Rows and columns.</param>
/// <param name="reflections">Of a <see cref="Tridiagonalization{V,T}"/>, padded rows.</param>
/// <param name="vectors">Padded rows.</param>
/// <param name="memory">Keeps rotations until they are applied.</param>
sealed unsafe class EigenvectorBands<V, T>(int size, Tensor<T> reflections, Tensor<T> vectors, DecompositionMemory<V, T> memory)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int VectorsPerBand = 8;

    readonly int padded = Reflection<V, T>.Padded(size);
    Action<int>? reflect, rotate;
    int rotations;

    int Bands => ((padded / V.Count) + VectorsPerBand - 1) / VectorsPerBand;

    /// <summary>Qᵀ = …·H₁·H₀.</summary>
    public void Reflect(Executor executor)
    {
        rotations = 0;
        executor.Run(new Work(Bands, reflect ??= ReflectBand));
    }

    /// <summary>Turns rows i and i + 1, now or later.</summary>
    public void Rotate(Executor executor, int i, double cosine, double sine)
    {
        if (rotations == DecompositionMemory<V, T>.Rotations)
        {
            Finish(executor);
        }

        memory.Rows[rotations] = i;
        memory.Cosines.Data[rotations] = T.CreateTruncating(cosine);
        memory.Sines.Data[rotations] = T.CreateTruncating(sine);
        rotations++;
    }

    /// <summary>Applies what was kept for later.</summary>
    public void Finish(Executor executor)
    {
        executor.Run(new Work(Bands, rotate ??= RotateBand));
        rotations = 0;
    }

    (int From, int To) Columns(int band) => (band * VectorsPerBand * V.Count, Math.Min(padded, (band + 1) * VectorsPerBand * V.Count));

    void ReflectBand(int band)
    {
        var (from, to) = Columns(band);
        for (int i = 0; i < size; i++)
        {
            T* row = vectors.Data + ((long)i * padded);
            new Span<T>(row + from, to - from).Clear();
            if (i >= from && i < to)
            {
                row[i] = T.One;
            }
        }

        T* sums = stackalloc T[VectorsPerBand * V.Count];
        for (int k = 0; k < size - 2; k++)
        {
            T* v = reflections.Data + ((long)k * padded);
            new Span<T>(sums, to - from).Clear();
            for (int i = k + 1; i < size; i++)
            {
                AddScaled(v[i], vectors.Data + ((long)i * padded) + from, sums, to - from);
            }

            for (int i = k + 1; i < size; i++)
            {
                AddScaled(-v[i], sums, vectors.Data + ((long)i * padded) + from, to - from);
            }
        }
    }

    static void AddScaled(T factor, T* x, T* y, int count)
    {
        V scale = V.Broadcast(factor);
        for (int j = 0; j < count; j += V.Count)
        {
            V.Store(V.FusedMultiplyAdd(scale, V.Load(x + j), V.Load(y + j)), y + j);
        }
    }

    void RotateBand(int band)
    {
        var (from, to) = Columns(band);
        for (int r = 0; r < rotations; r++)
        {
            V c = V.Broadcast(memory.Cosines.Data[r]), s = V.Broadcast(memory.Sines.Data[r]);
            T* upper = vectors.Data + ((long)memory.Rows[r] * padded), lower = upper + padded;
            for (int j = from; j < to; j += V.Count)
            {
                V a = V.Load(upper + j), b = V.Load(lower + j);
                V.Store((c * a) - (s * b), upper + j);
                V.Store((s * a) + (c * b), lower + j);
            }
        }
    }
}
