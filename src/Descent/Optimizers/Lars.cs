using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>LARS: SGD with momentum whose gradients are scaled for each parameter so that a step's length follows the parameter's.</summary>
/// <remarks><para>u = g + λ·θ;  u ← τ·‖θ‖/(‖g‖ + λ·‖θ‖ + ε)·u;  b ← μ·b + u;  θ ← θ − η·b, with Nesterov θ ← θ − η·(u + μ·b). A ratio with a
/// zero norm is 1.</para>
/// <para>You, Gitman and Ginsburg, "Large batch training of convolutional networks", 2017, algorithm 1. This is timm's form.</para>
/// <para>Differs from the source and between libraries: η stands outside b, as in sgd (inside in the paper, where a schedule acts late). Without decay the ratio is
/// 1 unless always_adapt. Vectors (biases and normalization) have neither ratio nor decay, as those who train with LARS leave them out; timm
/// leaves that to parameter groups. pytorch_optimizer lets b begin with the bare gradient.</para></remarks>
/// <param name="LearningRate">η, in units of τ·‖θ‖.</param>
/// <param name="Momentum">μ, kept fraction of b. Above zero it needs one state, momentum_buffer.</param>
/// <param name="Nesterov">Whether the step looks ahead along b.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ.</param>
/// <param name="TrustCoefficient">τ, length of a step relative to the parameter's, at η = 1 and without momentum.</param>
/// <param name="Epsilon">ε, gradient units, added to the norms.</param>
/// <param name="AlwaysAdapt">Whether the ratio applies without decay too.</param>
[Optimizer("lars", Source = "arXiv:1708.03888", Kind = RuleKind.MatrixWise)]
public sealed record Lars(
    [Positive] double LearningRate = 1, [Fraction] double Momentum = 0.9, bool Nesterov = false, [NonNegative] double WeightDecay = 0,
    [Positive] double TrustCoefficient = 1e-3, [Positive] double Epsilon = 1e-8, bool AlwaysAdapt = false) : IOptimizer
{
    public IReadOnlyList<string> States => ["momentum_buffer"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var plan = step.Plan(this, static (_, x) => new LayerPlan<V, T>(x));
        double rate = LearningRate * step.ScheduleFactor;
        plan.Space.Norms(plan.Space.Values, plan.ParameterNorms);
        plan.Space.Norms(plan.Space.Gradients, plan.GradientNorms);
        for (int i = 0; i < plan.Moves.Length; i++)
        {
            bool isMatrix = step.Parameters[i].Info.Shape.Rank > 1;
            double decay = isMatrix ? WeightDecay : 0;
            double ratio = isMatrix && (WeightDecay > 0 || AlwaysAdapt) ? Ratio(plan.ParameterNorms[i], step.GradientScale * plan.GradientNorms[i]) : 1;
            var move = plan.Moves[i];
            move.Rule = new Rule<V>(V.Broadcast(ratio), V.Broadcast(decay), V.Broadcast(Momentum), V.Broadcast(Nesterov ? rate : 0),
                V.Broadcast(Nesterov ? rate * Momentum : rate));
            move.GradientScale = step.GradientScale;
            step.Executor.Run(move.Work);
        }
    }

    double Ratio(double parameter, double gradient) => parameter == 0 || gradient == 0 ? 1
        : TrustCoefficient * parameter / (gradient + (WeightDecay * parameter) + Epsilon);

    readonly struct Rule<V>(V ratio, V decay, V kept, V direct, V rate) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V b)
        {
            V update = ratio * (g + (decay * p));
            b = (kept * b) + update;
            p -= (direct * update) + (rate * b);
        }
    }

    sealed class LayerPlan<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public ParameterSpace<T> Space { get; } = new(step.Parameters, step.Executor);

        public CoordinateUpdate1<V, T, Rule<V>>[] Moves { get; } =
            [.. step.Parameters.Select(x => new CoordinateUpdate1<V, T, Rule<V>>(CoordinateChunks.Of(x.Value, x.Gradient, x.State("momentum_buffer"))))];

        public double[] ParameterNorms { get; } = new double[step.Parameters.Count];

        public double[] GradientNorms { get; } = new double[step.Parameters.Count];
    }
}
