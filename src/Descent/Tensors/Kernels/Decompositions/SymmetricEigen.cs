namespace Descent.Tensors.Kernels;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix, A = Σ λᵢ·vᵢ·vᵢᵀ, in the precision of the matrix.</summary>
/// <remarks>Householder's reduction to a tridiagonal matrix, then the implicit QL algorithm; the error of each λ is some roundings of the largest |λ|. Made once
/// for a size; a run allocates nothing, and its bits do not depend on the number of threads. Plans that run one after another share their memory.</remarks>
sealed unsafe class SymmetricEigen<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Executor executor;
    readonly Tensor<T> rows, sorted;
    readonly Tridiagonalization<V, T> tridiagonalization;
    readonly EigenvectorBands<V, T> bands;
    readonly double[] offDiagonal;
    readonly int[] order;
    readonly Action<int, double, double> rotate;
    readonly int size, padded;

    /// <param name="memory">Outlives the plan.</param>
    public SymmetricEigen(DecompositionMemory<V, T> memory, Executor executor, int size)
    {
        (this.executor, this.size, padded) = (executor, size, Reflection<V, T>.Padded(size));
        rows = memory.First.Slice(0, new Shape(size * padded));
        sorted = memory.Second.Slice(0, new Shape(size * padded));
        (Values, offDiagonal, order) = (new double[size], new double[size], new int[size]);
        tridiagonalization = new Tridiagonalization<V, T>(size, rows, memory.Previous, memory.Next);
        bands = new EigenvectorBands<V, T>(size, rows, sorted, memory);
        Vectors = memory.First.Slice(0, new Shape(size, size));
        rotate = (i, c, s) => bands.Rotate(this.executor, i, c, s);
    }

    /// <summary>λ, rising.</summary>
    public double[] Values { get; }

    /// <summary>[size, size], a row for each λ, until another plan on the same memory runs.</summary>
    public Tensor<T> Vectors { get; }

    /// <summary>Where an element is not a number or infinite, no λ and no v is a number.</summary>
    /// <param name="matrix">[size, size]; both triangles are read, and it is left as it is.</param>
    public void Run(Tensor<T> matrix)
    {
        double largest = Math.Abs(double.CreateTruncating(TensorPrimitives.MaxMagnitude<T>(matrix.Span)));
        if (!double.IsFinite(largest))
        {
            Array.Fill(Values, double.NaN);
            Vectors.Span.Fill(T.NaN);
            return;
        }

        // Squares of what is left must not underflow.
        double scale = largest > 0 ? 1 / largest : 1;
        for (int i = 0; i < size; i++)
        {
            var row = rows.Span.Slice(i * padded, padded);
            TensorPrimitives.Multiply(matrix.Span.Slice(i * size, size), T.CreateTruncating(scale), row[..size]);
            row[size..].Clear();
        }

        tridiagonalization.Run(executor, Values, offDiagonal);
        bands.Reflect(executor);
        TridiagonalEigenvalues.Find(Values, offDiagonal, rotate);
        bands.Finish(executor);
        Sort(1 / scale);
    }

    void Sort(double scale)
    {
        for (int i = 0; i < size; i++)
        {
            (order[i], Values[i]) = (i, Values[i] * scale);
        }

        Array.Sort(Values, order);
        for (int i = 0; i < size; i++)
        {
            sorted.Span.Slice(order[i] * padded, size).CopyTo(Vectors.Span.Slice(i * size, size));
        }
    }
}
