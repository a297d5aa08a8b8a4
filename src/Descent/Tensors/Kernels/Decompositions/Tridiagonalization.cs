namespace Descent.Tensors.Kernels;

/// <summary>A = Q·T·Qᵀ for a symmetric A, with T tridiagonal and Q = H₀·H₁·…: Householder's reduction.</summary>
/// <remarks>One pass over what is left of A a reflection: it takes the last reflection into each row and multiplies the row by the next one. Both triangles are
/// kept, so that all rows lie in a line. Golub and Van Loan, "Matrix computations", 4th edition, 8.3.1.</remarks>
/// <param name="size">Rows of A.</param>
/// <param name="rows">A, padded rows; afterwards the reflections, v of step k in row k.</param>
/// <param name="previous">A padded row for the use of this.</param>
/// <param name="next">Another.</param>
sealed unsafe class Tridiagonalization<V, T>(int size, Tensor<T> rows, Tensor<T> previous, Tensor<T> next)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int NumbersPerChunk = 1 << 14;

    readonly int padded = Reflection<V, T>.Padded(size);
    Action<int>? body;
    T* w;
    T* p;
    int step, rowsPerChunk;

    public void Run(Executor executor, double[] diagonal, double[] offDiagonal)
    {
        w = previous.Data;
        p = next.Data;
        new Span<T>(w, padded).Clear();
        for (step = 0; step < size; step++)
        {
            T* row = Row(step);
            if (step > 0)
            {
                Update(row, step);
            }

            diagonal[step] = double.CreateTruncating(row[step]);
            if (step + 1 < size)
            {
                offDiagonal[step] = Reflection<V, T>.Make(row, step + 1, size);
                new Span<T>(p, padded).Clear();
                rowsPerChunk = Math.Max(1, NumbersPerChunk / (size - step));
                executor.Run(new Work((size - step - 2 + rowsPerChunk) / rowsPerChunk, body ??= Pass));
                MakeUpdate(row);
            }
        }
    }

    T* Row(int i) => rows.Data + ((long)i * padded);

    void Pass(int chunk)
    {
        T* v = Row(step);
        int begin = step + 1 + (chunk * rowsPerChunk), first = step / V.Count * V.Count;
        for (int i = begin; i < Math.Min(size, begin + rowsPerChunk); i++)
        {
            T* row = Row(i);
            if (step > 0)
            {
                Update(row, i);
            }

            V sum = V.Broadcast(T.Zero);
            for (int j = first; j < padded; j += V.Count)
            {
                sum = V.FusedMultiplyAdd(V.Load(row + j), V.Load(v + j), sum);
            }

            p[i] = Reflection<V, T>.Total(sum);
        }
    }

    /// <summary>The last reflection: row −= vᵢ·w + wᵢ·v.</summary>
    void Update(T* row, int i)
    {
        T* v = Row(step - 1);
        V vi = V.Broadcast(-v[i]), wi = V.Broadcast(-w[i]);
        for (int j = step / V.Count * V.Count; j < padded; j += V.Count)
        {
            V.Store(V.FusedMultiplyAdd(vi, V.Load(w + j), V.FusedMultiplyAdd(wi, V.Load(v + j), V.Load(row + j))), row + j);
        }
    }

    /// <summary>w = p − (vᵀ·p/2)·v, so that H·A·H = A − v·wᵀ − w·vᵀ.</summary>
    void MakeUpdate(T* v)
    {
        double half = 0;
        for (int i = step + 1; i < size; i++)
        {
            half += double.CreateTruncating(v[i]) * double.CreateTruncating(p[i]) / 2;
        }

        for (int i = step + 1; i < size; i++)
        {
            p[i] -= T.CreateTruncating(half) * v[i];
        }

        T* last = w;
        w = p;
        p = last;
    }
}
