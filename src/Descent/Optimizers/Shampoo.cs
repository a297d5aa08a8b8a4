using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Shampoo: the gradient of a matrix between the inverse roots of its gathered products with itself, a full AdaGrad for each of its sides.</summary>
/// <remarks><para>g ← g + λ·θ;  L ← L + g·gᵀ;  R ← R + gᵀ·g;  u = (L + ε·I)^(−1/p)·g·(R + ε·I)^(−1/p);  b ← μ·b + u;  θ ← θ − η·b, with p = 4: twice the number
/// of sides.</para>
/// <para>Gupta, Koren and Singer, "Shampoo: preconditioned stochastic tensor optimization", ICML 2018, algorithm 1, and algorithm 2 for vectors, which have one
/// side and so p = 2. Filters are matrices with a row for each output.</para>
/// <para>The roots come from eigenvectors in the precision of the parameters, with all eigenvalues of L and R at least zero.</para>
/// <para>With an interval above 1 gradients meet roots that have not seen them. Where earlier gradients have no part a root is as large as ε^(−1/p), so ε
/// must be larger then, or the step may diverge.</para>
/// <para>Differs between versions: sides longer than largest_side have no L or R, and p counts those that have; other versions cut such matrices into
/// blocks. pytorch_optimizer's Shampoo is root=2 statistics=sequential: it gathers R from (L + ε·I)^(−1/p)·g. There is no grafting: the step has
/// Shampoo's own length.</para></remarks>
/// <param name="LearningRate">η.</param>
/// <param name="Momentum">μ, kept fraction of b; above zero it needs a state as long as the parameters.</param>
/// <param name="Epsilon">ε, squared gradient units, added to L and R.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ.</param>
/// <param name="Root">p; 0 stands for twice the number of sides.</param>
/// <param name="Interval">Steps from roots to roots, from the first step on; L and R take every gradient.</param>
/// <param name="Statistics">What R gathers: the gradient, or the gradient behind the left root.</param>
/// <param name="LargestSide">The most rows or columns that L or R may have.</param>
[Optimizer("shampoo", Source = "arXiv:1802.09568", Kind = RuleKind.MatrixWise)]
public sealed record Shampoo(
    [Positive] double LearningRate = 0.1, [Fraction] double Momentum = 0, [Positive] double Epsilon = 1e-6, [NonNegative] double WeightDecay = 0,
    [Whole(0)] double Root = 0, [Whole(1)] double Interval = 1, [Choice("gradient", "sequential")] string Statistics = "gradient",
    [Whole(1)] double LargestSide = 1024) : IOptimizer
{
    public IReadOnlyList<string> States => Momentum > 0 ? ["left", "right", "left_root", "right_root", "momentum_buffer"]
        : ["left", "right", "left_root", "right_root"];

    public IEnumerable<StateInfo> StatesOf(ParameterInfo parameter)
    {
        var sides = SidesOf(parameter.Shape);
        StateInfo[] matrices = [.. sides.States("left", "right"), .. sides.States("left_root", "right_root")];
        return Momentum > 0 ? [.. matrices, new("momentum_buffer", parameter.Shape)] : matrices;
    }

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var plan = step.Plan(this, static (rule, x) => new MatrixPlan<V, T>(rule, x));
        foreach (var matrix in plan.Matrices)
        {
            matrix.Step(LearningRate * step.ScheduleFactor, step.GradientScale, takesRoots: (step.Number - 1) % (long)Interval == 0);
        }
    }

    internal MatrixSides SidesOf(Shape shape) => MatrixSides.Of(shape, LargestSide, takesVectors: true);

    sealed class MatrixPlan<V, T> : IDisposable where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly MatrixMemory<V, T> memory;

        public MatrixPlan(Shampoo rule, StepContext<V, T> step)
        {
            memory = new MatrixMemory<V, T>(step.Parameters, step.Parameters.Max(x => rule.SidesOf(x.Info.Shape).Longest));
            Matrices = [.. step.Parameters.Select(x => new ShampooMatrix<V, T>(rule, memory, step.Executor, x))];
        }

        public ShampooMatrix<V, T>[] Matrices { get; }

        public void Dispose() => memory.Dispose();
    }
}
