using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Prodigy: Adam that finds its learning rate from how far the parameters have come.</summary>
/// <remarks><para>l = d·η;  r ← β₃·r + (d/d₀)·l·⟨g, θ₀ − θ⟩;  m ← β₁·m + d·(1−β₁)·g;  v ← β₂·v + d²·(1−β₂)·g²;
/// s ← β₃·s + (d/d₀)·l·g;  d̂ = c·r/‖s‖₁;  d ← min(max(d, d̂), d·growth);  θ ← θ − l·λ·θ − l·m/(√v + d·ε). d begins with d₀.</para>
/// <para>Mishchenko and Defazio, "Prodigy: an expeditiously adaptive parameter-free learner", ICML 2024, algorithm 4, and their code.</para>
/// <para>Differs from the paper as the code does: β₃ in place of √β₂ on request, and the step uses the d of before with the ε of after.
/// The decay is decoupled. η is a multiplier: leave it at 1 and let a schedule bring it down. d is one number for all parameters, so there are no
/// parameter groups. With bias_correction l is multiplied by √(1−β₂ᵗ)/(1−β₁ᵗ).</para></remarks>
/// <param name="LearningRate">η, a factor on the rate that is found.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Beta3">β₃, kept fraction of r and s; 0 stands for √β₂.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, times d.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of l.</param>
/// <param name="InitialD">d₀, the first guess of the distance to go; far too small is right.</param>
/// <param name="DCoefficient">c, a factor on the guess.</param>
/// <param name="GrowthRate">The most that d is multiplied by in a step; 0 stands for no limit.</param>
/// <param name="BiasCorrection">Whether m and v are corrected for their start at zero.</param>
/// <param name="SafeguardWarmup">Whether s leaves η out, so that a warmup does not make d too large.</param>
[Optimizer("prodigy", Source = "arXiv:2306.06101", Kind = RuleKind.MatrixWise)]
public sealed record Prodigy(
    [Positive] double LearningRate = 1, [Fraction] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999, [Fraction] double Beta3 = 0,
    [Positive] double Epsilon = 1e-8, [NonNegative] double WeightDecay = 0, [Positive] double InitialD = 1e-6,
    [Positive] double DCoefficient = 1, [NonNegative] double GrowthRate = 0, bool BiasCorrection = false, bool SafeguardWarmup = false) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq", "s", "p0"];

    public IReadOnlyList<string> Scalars => ["d", "d_max", "d_numerator"];

    public bool MovesParametersApart => false;

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor, beta3 = Beta3 > 0 ? Beta3 : Math.Sqrt(Beta2), t = step.Number;
        var plan = step.Plan(this, static (_, x) => new DistancePlan<V, T>(new ParameterSpace<T>(x.Parameters, x.Executor)));
        if (step.Number == 1)
        {
            plan.Space.Copy(plan.Space.Values, plan.Start);
            step.SetScalar("d", InitialD);
            step.SetScalar("d_max", InitialD);
        }

        // A rate of zero moves nothing and teaches nothing.
        if (rate > 0)
        {
            double d = step.Scalar("d"), length = d * rate;
            length *= BiasCorrection ? Math.Sqrt(1 - Math.Pow(Beta2, t)) / (1 - Math.Pow(Beta1, t)) : 1;
            plan.Gather.Rule = new GatherRule<V>(V.Broadcast(Beta1), V.Broadcast(d * (1 - Beta1)), V.Broadcast(Beta2), V.Broadcast(d * d * (1 - Beta2)),
                V.Broadcast(beta3), V.Broadcast(d / InitialD * (SafeguardWarmup ? d : length)));
            plan.Gather.GradientScale = step.GradientScale;
            var (turned, denominator) = plan.Space.UpdateAndDistance(plan.Gather.Work, plan.Space.Gradients, plan.Start, plan.Space.Values, plan.Sum);
            double numerator = (beta3 * step.Scalar("d_numerator")) + (d / InitialD * length * (step.GradientScale * turned));
            step.SetScalar("d_numerator", numerator);
            if (denominator != 0)
            {
                Grow(step, DCoefficient * numerator / denominator);
                plan.Move.Rule = new MoveRule<V>(V.Broadcast(1 - (length * WeightDecay)), V.Broadcast(length), V.Broadcast(step.Scalar("d") * Epsilon));
                step.Executor.Run(plan.Move.Work);
            }
        }
    }

    void Grow<V, T>(StepContext<V, T> step, double estimate) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double d = step.Scalar("d"), largest = Math.Max(step.Scalar("d_max"), estimate);
        d = d == InitialD ? Math.Max(d, estimate) : d;
        step.SetScalar("d_max", largest);
        step.SetScalar("d", GrowthRate > 0 ? Math.Min(largest, d * GrowthRate) : largest);
    }

    // p is the mean gradient.
    readonly struct GatherRule<V>(V b1, V c1, V b2, V c2, V b3, V c3) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V v, ref V s)
        {
            p = (b1 * p) + (c1 * g);
            v = (b2 * v) + (c2 * g * g);
            s = (b3 * s) + (c3 * g);
        }
    }

    // g is the mean gradient.
    readonly struct MoveRule<V>(V keep, V length, V eps) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V v) => p = (keep * p) - (length * g / (V.Sqrt(v) + eps));
    }

    sealed class DistancePlan<V, T>(ParameterSpace<T> space) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public ParameterSpace<T> Space => space;

        public ParameterVector<T> Start { get; } = space.State("p0");

        public ParameterVector<T> Sum { get; } = space.State("s");

        public CoordinateUpdate2<V, T, GatherRule<V>> Gather { get; } =
            new(CoordinateChunks.Of(space.State("exp_avg"), space.Gradients, space.State("exp_avg_sq"), space.State("s")));

        public CoordinateUpdate1<V, T, MoveRule<V>> Move { get; } =
            new(CoordinateChunks.Of(space.Values, space.State("exp_avg"), space.State("exp_avg_sq")));
    }
}
