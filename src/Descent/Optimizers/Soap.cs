using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>SOAP: Adam in the slowly turning eigenbases of Shampoo's matrices.</summary>
/// <remarks><para>g′ = Q_Lᵀ·g·Q_R;  m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g′²;  u = Q_L·(m′/(√v + ε))·Q_Rᵀ with m′ = Q_Lᵀ·m·Q_R;
/// θ ← (1 − η·λ)·(θ − η·√(1−β₂ᵗ)/(1−β₁ᵗ)·u);  L ← β·L + (1−β)·g·gᵀ;  R ← β·R + (1−β)·gᵀ·g;  every so many steps Q_L, Q_R ← the Q of the QR decompositions of
/// L·Q_L and R·Q_R.</para>
/// <para>Vyas, Morwani, Zhao, Shapira, Brandfonbrener, Janson and Kakade, "SOAP: improving and stabilizing Shampoo using Adam", ICLR 2025, algorithm 3, with their
/// code. The first step gathers L and R and takes their eigenvectors, but moves nothing, so that no gradient meets a basis made of it. With each new basis its
/// vectors are sorted by the size of their gradients, and v with them. Filters are matrices with a row for each output; vectors are not turned.</para>
/// <para>Differs between versions: t counts from the second step, as in the authors' code; pytorch_optimizer counts the step that moves nothing too
/// (counts_first_step). The paper has no correction of m and v. The authors' largest side is 10,000: sides that long take minutes of a processor,
/// so here it is 1024, and a longer side is not turned. Their decompositions run in float whatever the parameters, here in the precision of the
/// parameters.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="ShampooBeta">β, kept fraction of L and R; 0 stands for β₂.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, before the correction.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η, after the step.</param>
/// <param name="Interval">Steps from basis to basis.</param>
/// <param name="BiasCorrection">Whether m and v are corrected for their start at zero.</param>
/// <param name="CountsFirstStep">Whether t counts the step that moves nothing.</param>
/// <param name="LargestSide">The most rows or columns of a matrix that are turned.</param>
[Optimizer("soap", Source = "arXiv:2409.11321", Kind = RuleKind.MatrixWise)]
public sealed record Soap(
    [Positive] double LearningRate = 3e-3, [Fraction] double Beta1 = 0.95, [Fraction] double Beta2 = 0.95, [Fraction] double ShampooBeta = 0,
    [Positive] double Epsilon = 1e-8, [NonNegative] double WeightDecay = 0.01, [Whole(1)] double Interval = 10, bool BiasCorrection = true,
    bool CountsFirstStep = false, [Whole(1)] double LargestSide = 1024) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq", "left", "right", "left_basis", "right_basis"];

    public IEnumerable<StateInfo> StatesOf(ParameterInfo parameter)
    {
        var sides = SidesOf(parameter.Shape);
        return
        [
            new("exp_avg", parameter.Shape), new("exp_avg_sq", parameter.Shape), .. sides.States("left", "right"), .. sides.States("left_basis", "right_basis"),
        ];
    }

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var plan = step.Plan(this, static (rule, x) => new MatrixPlan<V, T>(rule, x));
        double rate = LearningRate * step.ScheduleFactor, beta = ShampooBeta > 0 ? ShampooBeta : Beta2;
        long t = CountsFirstStep ? step.Number : step.Number - 1;
        double length = BiasCorrection ? rate * Math.Sqrt(1 - Math.Pow(Beta2, t)) / (1 - Math.Pow(Beta1, t)) : rate;
        foreach (var matrix in plan.Matrices)
        {
            if (step.Number == 1)
            {
                matrix.Begin(beta, step.GradientScale);
                continue;
            }

            matrix.Move(rate, length, step.GradientScale);
            matrix.Gather(beta);
            if (t % (long)Interval == 0)
            {
                matrix.Turn();
            }
        }
    }

    internal MatrixSides SidesOf(Shape shape) => MatrixSides.Of(shape, LargestSide, takesVectors: false);

    sealed class MatrixPlan<V, T> : IDisposable where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly MatrixMemory<V, T> memory;

        public MatrixPlan(Soap rule, StepContext<V, T> step)
        {
            memory = new MatrixMemory<V, T>(step.Parameters, step.Parameters.Max(x => rule.SidesOf(x.Info.Shape).Longest));
            Matrices = [.. step.Parameters.Select(x => new SoapMatrix<V, T>(rule, memory, step.Executor, x))];
        }

        public SoapMatrix<V, T>[] Matrices { get; }

        public void Dispose() => memory.Dispose();
    }
}
