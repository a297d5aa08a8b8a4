using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Analysis;

/// <summary>Leaves A·direction in product, for a symmetric A.</summary>
delegate void SymmetricOperator<T>(Tensor<T> direction, Tensor<T> product) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>The symmetric Lanczos process with full reorthogonalization: A restricted to a growing Krylov space is the tridiagonal matrix of <see cref="Diagonal"/> and
/// <see cref="OffDiagonal"/>.</summary>
/// <remarks>Golub and Van Loan, "Matrix computations", section 10.3. Where the space is exhausted, it goes on with a fresh random direction, so that eigenvalues that occur several
/// times are found too and n steps give the whole spectrum.</remarks>
sealed class Lanczos<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Arena arena = new();
    readonly SymmetricOperator<T> multiply;
    readonly Tensor<T> work;
    readonly List<double> diagonal = [], offDiagonal = [];
    readonly int dimension;
    RandomStream stream;
    double largest;

    /// <param name="start">Any vector but zero; it is normalized.</param>
    /// <param name="stream">Gives the fresh directions.</param>
    public Lanczos(Executor executor, Tensor<T> start, SymmetricOperator<T> multiply, RandomStream stream)
    {
        (this.multiply, this.stream, dimension) = (multiply, stream, start.Count);
        work = arena.Allocate<T>(start.Shape);
        Basis = new KrylovBasis<T>(executor, dimension);
        Basis.Add(start, Basis.Norm(start));
    }

    public KrylovBasis<T> Basis { get; }

    /// <summary>Steps taken.</summary>
    public int Steps => diagonal.Count;

    /// <summary>Whether the whole space is spanned.</summary>
    public bool IsComplete => Steps == dimension;

    public IReadOnlyList<double> Diagonal => diagonal;

    /// <summary>Element i joins i and i + 1; the last one leads out of the space.</summary>
    public IReadOnlyList<double> OffDiagonal => offDiagonal;

    public void Step()
    {
        multiply(Basis.Vectors[^1], work);
        double before = Basis.Norm(work);
        if (!double.IsFinite(before))
        {
            throw new ArithmeticException("A product with the Hessian is not finite.");
        }

        largest = Math.Max(largest, before);
        diagonal.Add(Basis.Orthogonalize(work)[^1]);
        double norm = Basis.Norm(work);
        bool isExhausted = norm <= largest * double.CreateTruncating(T.BitIncrement(T.One) - T.One) * Math.Sqrt(dimension) || IsComplete;
        offDiagonal.Add(isExhausted ? 0 : norm);
        if (!IsComplete)
        {
            Basis.Add(work, isExhausted ? Refresh() : norm);
        }
    }

    public void Dispose()
    {
        Basis.Dispose();
        arena.Dispose();
    }

    /// <summary>A random direction orthogonal to all before, in the place of the exhausted one.</summary>
    double Refresh()
    {
        foreach (ref T x in work.Span)
        {
            x = T.CreateTruncating(stream.NextNormal());
        }

        _ = Basis.Orthogonalize(work);
        return Basis.Norm(work);
    }
}
