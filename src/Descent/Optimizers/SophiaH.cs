using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Sophia-H: momentum divided by the Hessian's diagonal, clipped coordinate by coordinate.</summary>
/// <remarks><para>every k steps h ← β₂·h + (1−β₂)·z ⊙ H·z, z = ±1 at random;  θ ← θ − η·λ·θ;  m ← β₁·m + (1−β₁)·g;
/// θ ← θ − η·clip(m/max(h, ε), −ρ, ρ).</para>
/// <para>Liu, Li, Hall, Liang and Ma, "Sophia: a scalable stochastic second-order optimizer for language model pre-training", ICLR 2024,
/// algorithm 3 with algorithm 1's estimate.</para>
/// <para>Each estimate costs a product with the Hessian, about as much as two more gradients; both are counted. The first step has an estimate.</para>
/// <para>Differs between versions: the published paper clips m/max(γ·h, ε) at 1, which is this form with ρ = γ and η·γ for η. The paper draws
/// z from a normal distribution; ±1 has the same mean and less variance. The paper takes a batch of its own for the estimate, here it is the
/// step's. pytorch_optimizer has no estimate before step k.</para></remarks>
/// <param name="LearningRate">η, parameter units per unit of the clipped update: no coordinate moves further than η·ρ.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean diagonal.</param>
/// <param name="Rho">ρ, where the update is clipped.</param>
/// <param name="Epsilon">ε, the least diagonal that is divided by.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
/// <param name="Interval">k, steps from estimate to estimate, from the first step on.</param>
[Optimizer("sophia-h", Source = "arXiv:2305.14342", Kind = RuleKind.Reevaluating)]
public sealed record SophiaH(
    [Positive] double LearningRate = 6e-2, [Fraction] double Beta1 = 0.96, [Fraction] double Beta2 = 0.99, [Positive] double Rho = 1e-2,
    [Positive] double Epsilon = 1e-12, [NonNegative] double WeightDecay = 0, [Whole(1)] double Interval = 10) : IOptimizer
{
    public IReadOnlyList<string> States => ["momentum", "hessian_moment"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if ((step.Number - 1) % (long)Interval == 0)
        {
            var plan = step.Plan(this, static (_, x) => new DiagonalPlan<V, T>(x));
            _ = step.EstimateHessianDiagonal();
            plan.Gather.Rule = new GatherRule<V>(V.Broadcast(Beta2), V.Broadcast(1 - Beta2));
            step.Executor.Run(plan.Gather.Work);
        }

        double rate = LearningRate * step.ScheduleFactor;
        step.Update(new MoveRule<V>(V.Broadcast(Beta1), V.Broadcast(1 - Beta1), V.Broadcast(Epsilon), V.Broadcast(Rho), V.Broadcast(rate),
            V.Broadcast(1 - (rate * WeightDecay))), "momentum", "hessian_moment");
    }

    // p is the mean diagonal, g the diagonal.
    readonly struct GatherRule<V>(V b2, V c2) : ICoordinateRule<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p = (b2 * p) + (c2 * g);
    }

    readonly struct MoveRule<V>(V b1, V c1, V eps, V rho, V rate, V keep) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V h)
        {
            m = (b1 * m) + (c1 * g);
            p = (keep * p) - (rate * V.Max(-rho, V.Min(rho, m / V.Max(h, eps))));
        }
    }

    sealed class DiagonalPlan<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public CoordinateUpdate0<V, T, GatherRule<V>> Gather { get; } = new([.. step.Parameters.SelectMany(x =>
            CoordinateChunks.Of(x.State("hessian_moment"), step.HessianDiagonal.Slice(x.Start, x.Value.Shape)))]);
    }
}
