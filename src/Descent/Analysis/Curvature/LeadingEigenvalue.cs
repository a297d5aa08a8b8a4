using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Analysis;

/// <summary>The largest eigenvalue of a symmetric matrix that changes slowly, found again and again: each search starts where the one before has ended.</summary>
/// <remarks>Lanczos, restarted where its vectors would take too much memory. What is carried over is the sum of the leading Ritz vectors, so that one which overtakes the first is
/// found at once, with a small random part in which everything else has a share. Of eigenvalues within a percent of each other it may follow the second for a while.</remarks>
sealed class LeadingEigenvalue<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A residual ‖Av − λv‖ of so much of |λ| ends a search: λ is within it, and mostly within its square divided by the gap to the next eigenvalue.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>Products at most; what has not converged by then keeps its residual.</summary>
    public const int MostProducts = 200;

    const int Carried = 5, LeastProducts = 10, FewestVectors = 16, MostVectors = 60;
    const long BasisBytes = 256L << 20;
    const double RandomPart = 0.1;

    // Part of every recorded number: a change would draw other directions from the same seed.
    const ulong FirstStream = 1UL << 40, StreamsOfAStep = 1024;

    readonly Arena arena = new();
    readonly Executor executor;
    readonly ulong seed;
    readonly Tensor<T> combined;
    readonly int vectors;

    public LeadingEigenvalue(Executor executor, int dimension, ulong seed)
    {
        (this.executor, this.seed) = (executor, seed);
        (Start, combined) = (arena.Allocate<T>(new Shape(dimension)), arena.Allocate<T>(new Shape(dimension)));
        vectors = VectorsOf(dimension, System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
    }

    /// <summary>Where the next search starts: all that it remembers. Zeros: at a random direction.</summary>
    public Tensor<T> Start { get; }

    /// <summary>Lanczos vectors that are held at a time.</summary>
    public static int VectorsOf(long dimension, int element) => (int)Math.Clamp(BasisBytes / (dimension * element), FewestVectors, MostVectors);

    /// <param name="step">Keys the random directions.</param>
    /// <returns>The eigenvalue, ‖Av − λv‖ of its unit vector, and the products taken; NaN where a product is not finite, and then the next search starts anew.</returns>
    public (double Value, double Residual, int Products) Find(SymmetricOperator<T> multiply, long step)
    {
        int products = 0;
        for (ulong restart = 0; ; restart += 2)
        {
            ulong index = FirstStream + ((ulong)step * StreamsOfAStep) + restart;
            AddRandomPart(new RandomStream(seed, StreamPurpose.Probe, index));
            using var lanczos = new Lanczos<T>(executor, Start, multiply, new RandomStream(seed, StreamPurpose.Probe, index + 1));
            try
            {
                var (value, residual) = Search(lanczos, ref products);
                if (residual <= Tolerance * Math.Abs(value) || products >= MostProducts || lanczos.IsComplete)
                {
                    return (value, residual, products);
                }
            }
            catch (ArithmeticException)
            {
                Start.Span.Clear();
                return (double.NaN, double.NaN, products);
            }
        }
    }

    public void Dispose() => arena.Dispose();

    (double Value, double Residual) Search(Lanczos<T> lanczos, ref int products)
    {
        while (true)
        {
            lanczos.Step();
            products++;
            var (values, rows) = TridiagonalMatrix.Solve(lanczos.Diagonal, lanczos.OffDiagonal);
            double last = Math.Abs(lanczos.OffDiagonal[^1]), residual = last * Math.Abs(rows[^1][^1]), limit = Tolerance * Math.Abs(values[^1]);
            // An eigenvalue may lie as far above another Ritz value as its residual is long.
            bool isConverged = lanczos.Steps >= LeastProducts && residual <= limit && values.Zip(rows).All(x => x.First + (last * Math.Abs(x.Second[^1])) <= values[^1] + limit);
            if (isConverged || lanczos.Steps == vectors || lanczos.IsComplete || products >= MostProducts)
            {
                Carry(lanczos, rows);
                return (values[^1], residual);
            }
        }
    }

    /// <summary>The vectors with the largest values, each as long as the others, with its largest element positive: its sign is free.</summary>
    void Carry(Lanczos<T> lanczos, double[][] rows)
    {
        Start.Span.Clear();
        foreach (double[] row in rows.Reverse().Take(Carried))
        {
            lanczos.Basis.Combine(row, combined);
            if (T.IsNegative(combined.Span[TensorPrimitives.IndexOfMaxMagnitude<T>(combined.Span)]))
            {
                TensorPrimitives.Negate<T>(combined.Span, combined.Span);
            }

            TensorPrimitives.Add<T>(Start.Span, combined.Span, Start.Span);
        }
    }

    void AddRandomPart(RandomStream stream)
    {
        double length = Math.Sqrt(new SquaredNorm<T>(Start).Run(executor)), part = length == 0 ? 1 : RandomPart * length / Math.Sqrt(Start.Count);
        foreach (ref T x in Start.Span)
        {
            x += T.CreateTruncating(part * stream.NextNormal());
        }
    }
}
