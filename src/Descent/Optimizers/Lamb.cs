using System.Runtime.CompilerServices;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>LAMB: Adam's update, scaled for each parameter so that its length follows the parameter's.</summary>
/// <remarks><para>m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;  u = m̂/(√v̂ + ε) + λ·θ;  θ ← θ − η·(‖θ‖/‖u‖)·u, with m̂ = m/(1−β₁ᵗ),
/// v̂ = v/(1−β₂ᵗ). A ratio with a zero norm is 1.</para>
/// <para>You, Li, Reddi and others, "Large batch optimization for deep learning: training BERT in 76 minutes", ICLR 2020, algorithm 2. This is the
/// form of timm and of NVIDIA's NVLAMB.</para>
/// <para>Differs from the source and between libraries: the global clip of the gradient to norm 1, which NVLAMB, timm and pytorch_optimizer hide in the
/// rule, is off unless max_gradient_norm says so. Without decay the ratio is 1 unless always_adapt: a parameter group without decay
/// moves as with adam. The paper's φ, which bounds ‖θ‖, is the identity.</para></remarks>
/// <param name="LearningRate">η, length of a step relative to the parameter's.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, after the bias correction.</param>
/// <param name="WeightDecay">λ, added to the update as λ·θ.</param>
/// <param name="AlwaysAdapt">Whether the ratio applies without decay too.</param>
/// <param name="BiasCorrection">Whether m and v are corrected for their start at zero.</param>
/// <param name="MaxGradientNorm">Largest norm of the gradients of all parameters of the rule; 0 stands for no limit.</param>
[Optimizer("lamb", Source = "arXiv:1904.00962", Kind = RuleKind.MatrixWise)]
public sealed record Lamb(
    [Positive, Searched(1e-3, 1)] double LearningRate = 1e-3, [Fraction, Searched(0.8, 0.98, IsComplement = true)] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999, [Positive] double Epsilon = 1e-6,
    [NonNegative, Searched(1e-4, 1e-1)] double WeightDecay = 1e-2, bool AlwaysAdapt = false, bool BiasCorrection = true, [NonNegative] double MaxGradientNorm = 0)
    : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var plan = step.Plan(this, static (_, x) => new UpdatePlan<V, T>(x));
        double c1 = BiasCorrection ? 1 - Math.Pow(Beta1, step.Number) : 1, c2 = BiasCorrection ? 1 - Math.Pow(Beta2, step.Number) : 1;
        plan.Gather.Rule = new GatherRule<V>(V.Broadcast(Beta1), V.Broadcast(1 - Beta1), V.Broadcast(Beta2), V.Broadcast(1 - Beta2),
            V.Broadcast(1 / c1), V.Broadcast(1 / Math.Sqrt(c2)), V.Broadcast(Epsilon), V.Broadcast(WeightDecay));
        plan.Gather.GradientScale = step.GradientScale * Clip(step.GradientScale, plan.Space);
        plan.Space.UpdateAndNorms(plan.Gather.Work, plan.Space.Values, plan.ParameterNorms, plan.Update, plan.UpdateNorms);
        bool adapts = WeightDecay > 0 || AlwaysAdapt;
        for (int i = 0; i < plan.Moves.Length; i++)
        {
            double ratio = adapts && plan.ParameterNorms[i] != 0 && plan.UpdateNorms[i] != 0 ? plan.ParameterNorms[i] / plan.UpdateNorms[i] : 1;
            plan.Moves[i].Rule = new MoveRule<V>(V.Broadcast(LearningRate * step.ScheduleFactor * ratio));
            step.Executor.Run(plan.Moves[i].Work);
        }
    }

    double Clip<T>(double scale, ParameterSpace<T> space) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double norm = MaxGradientNorm > 0 ? scale * Math.Sqrt(space.Dot(space.Gradients, space.Gradients)) : 0;
        return norm > MaxGradientNorm ? MaxGradientNorm / norm : 1;
    }

    // p is where the update goes.
    readonly struct GatherRule<V>(V b1, V c1, V b2, V c2, V correction1, V correction2, V eps, V decay) : ICoordinateRule3<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v, ref V value)
        {
            m = (b1 * m) + (c1 * g);
            v = (b2 * v) + (c2 * g * g);
            p = (correction1 * m / ((correction2 * V.Sqrt(v)) + eps)) + (decay * value);
        }
    }

    // g is the update.
    readonly struct MoveRule<V>(V rate) : ICoordinateRule<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p -= rate * g;
    }

    sealed class UpdatePlan<V, T> : IDisposable where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly Arena arena = new();

        public UpdatePlan(StepContext<V, T> step)
        {
            Space = new ParameterSpace<T>(step.Parameters, step.Executor);
            Update = Space.Allocate(arena);
            Gather = new(CoordinateChunks.Of(Update, Space.Gradients, Space.State("exp_avg"), Space.State("exp_avg_sq"), Space.Values));
            Moves = [.. step.Parameters.Select((x, i) => new CoordinateUpdate0<V, T, MoveRule<V>>(CoordinateChunks.Of(x.Value, Update.Parts[i])))];
            (ParameterNorms, UpdateNorms) = (new double[Moves.Length], new double[Moves.Length]);
        }

        public ParameterSpace<T> Space { get; }

        public ParameterVector<T> Update { get; }

        public CoordinateUpdate3<V, T, GatherRule<V>> Gather { get; }

        public CoordinateUpdate0<V, T, MoveRule<V>>[] Moves { get; }

        public double[] ParameterNorms { get; }

        public double[] UpdateNorms { get; }

        public void Dispose() => arena.Dispose();
    }
}
