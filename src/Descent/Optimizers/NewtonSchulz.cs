using System.Runtime.CompilerServices;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Brings all singular values of a matrix near to 1: X ← X/(‖X‖ + ε), then some steps of X ← a·X + b·A·X + c·A²·X with A = X·Xᵀ, or
/// with A = Xᵀ·X from the right where X has more rows than columns.</summary>
/// <remarks>A is the smaller of the two Gram matrices; of A and A² only one triangle is computed. One plan serves one matrix; plans that run
/// one after another share their memory.</remarks>
sealed class NewtonSchulz<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Executor executor;
    readonly WorkList program;
    readonly SquaredNorm<T> norm;
    readonly CoordinateUpdate0<V, T, Scaling> normalize;
    readonly double normFactor, epsilon;

    /// <param name="memory">Outlives the plan.</param>
    /// <param name="coefficients">The name of a set, see <see cref="NewtonSchulzCoefficients"/>.</param>
    /// <param name="epsilon">Added to the norm.</param>
    public NewtonSchulz(NewtonSchulzMemory<T> memory, Executor executor, int rows, int columns, string coefficients, int steps, double epsilon)
    {
        (this.executor, this.epsilon, normFactor) = (executor, epsilon, NewtonSchulzCoefficients.NormFactor(coefficients));
        program = new WorkList(executor, memory.Arena);
        Tensor<T> x = memory.First.Slice(0, new Shape(rows, columns)), y = memory.Second.Slice(0, new Shape(rows, columns));
        Input = x;
        norm = new SquaredNorm<T>(x);
        normalize = new CoordinateUpdate0<V, T, Scaling>(CoordinateChunks.Of(x, x));
        for (int step = 0; step < steps; step++, (x, y) = (y, x))
        {
            Record(memory, x, y, NewtonSchulzCoefficients.At(coefficients, step));
        }

        Output = x;
    }

    /// <summary>[rows, columns], to be filled before <see cref="Run"/>, which overwrites it.</summary>
    public Tensor<T> Input { get; }

    /// <summary>[rows, columns], until another plan on the same memory runs.</summary>
    public Tensor<T> Output { get; }

    public void Run()
    {
        normalize.Rule = new Scaling(V.Broadcast(1 / ((normFactor * Math.Sqrt(norm.Run(executor))) + epsilon)));
        executor.Run(normalize.Work);
        program.Run();
    }

    /// <summary>y = (a·I + b·A + c·A²)·x, or from the right.</summary>
    void Record(NewtonSchulzMemory<T> memory, Tensor<T> x, Tensor<T> y, (double A, double B, double C) coefficients)
    {
        int rows = x.Shape[0], columns = x.Shape[1], size = Math.Min(rows, columns);
        var square = new Shape(size, size);
        Tensor<T> gram = memory.Gram.Slice(0, square), polynomial = memory.Polynomial.Slice(0, square);
        SymmetricProduct.RecordLower(program, rows <= columns ? Transposition.Right : Transposition.Left, x, gram);
        program.Run(SymmetricProduct.Mirror(gram));
        SymmetricProduct.RecordLower(program, Transposition.Right, gram, polynomial);
        program.Run(new CoordinateUpdate0<V, T, Combination>(CoordinateChunks.Of(polynomial, gram))
        {
            Rule = new Combination(V.Broadcast(coefficients.B), V.Broadcast(coefficients.C)),
        }.Work);
        program.Run(AddToDiagonal(polynomial, coefficients.A));
        program.Run(SymmetricProduct.Mirror(polynomial));
        MatrixProduct.Record(program, Transposition.None, rows <= columns ? polynomial : x, rows <= columns ? x : polynomial, y);
    }

    static Work AddToDiagonal(Tensor<T> matrix, double value) => new(1, _ =>
    {
        var numbers = matrix.Span;
        for (int i = 0; i < numbers.Length; i += matrix.Shape[1] + 1)
        {
            numbers[i] += T.CreateTruncating(value);
        }
    });

    readonly struct Scaling(V scale) : ICoordinateRule<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p = scale * g;
    }

    // p holds A², g holds A.
    readonly struct Combination(V b, V c) : ICoordinateRule<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p = (b * g) + (c * p);
    }
}
