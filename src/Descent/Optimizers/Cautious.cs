using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Cautious AdamW: AdamW that leaves out coordinates whose step would go against the present gradient.</summary>
/// <remarks><para>θ ← θ − η·λ·θ;  m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;  φ = 1 where m·g > 0, else 0;
/// θ ← θ − η·m̂·φ / max(mean(φ), 0.001) / (√v̂ + ε), with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ) and the mean over each parameter tensor.</para>
/// <para>Liang, Chen, Liu and Liu, "Cautious optimizers: improving training with one line of code", 2024, with the scale of its authors'
/// code. This is timm's form, AdamW with caution=True.</para>
/// <para>Differs from the paper's listing, whose scale is d/(‖φ‖₀+1). The scale makes the steps of the remaining coordinates longer by what
/// is left out, at most a thousand times. The sign of m·g is taken of the signs, so that it does not vanish where the product of two small
/// numbers underflows. Decay acts on every coordinate.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, after the bias correction.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
[Optimizer("cautious", Source = "arXiv:2411.16085", Kind = RuleKind.MatrixWise, FormOf = "adam",
    Difference = "coordinates whose step opposes the gradient stay, the others step further; decay is decoupled")]
public sealed record Cautious(
    [Positive] double LearningRate = 1e-3, [Fraction] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-8, [NonNegative] double WeightDecay = 1e-2) : IOptimizer
{
    const double LeastShare = 1e-3;

    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor, t = step.Number;
        foreach (var part in step.Plan(this, static (_, x) => new CautiousPlan<V, T>(x)).Parts)
        {
            double share = part.Agreement.Run(step, Beta1) / part.Parameter.Value.Count;
            part.Move.Rule = new Rule<V>(V.Broadcast(Beta2), V.Broadcast(1 - Beta2), V.Broadcast(Epsilon),
                V.Broadcast(rate / (1 - Math.Pow(Beta1, t)) / Math.Max(share, LeastShare)),
                V.Broadcast(1 / Math.Sqrt(1 - Math.Pow(Beta2, t))), V.Broadcast(1 - (rate * WeightDecay)));
            part.Move.GradientScale = step.GradientScale;
            step.Executor.Run(part.Move.Work);
        }
    }

    // m has gathered already, when the agreement was counted.
    readonly struct Rule<V>(V b2, V c2, V eps, V rate, V correction, V keep) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v)
        {
            V agrees = V.Max(V.Sign(m) * V.Sign(g), V.Broadcast(0));
            v = (b2 * v) + (c2 * g * g);
            p = (keep * p) - (rate * m * agrees / ((correction * V.Sqrt(v)) + eps));
        }
    }

    sealed class CautiousPlan<V, T>(StepContext<V, T> step)
        where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public Part<V, T>[] Parts { get; } = [.. step.Parameters.Select(parameter => new Part<V, T>(parameter))];
    }

    sealed class Part<V, T>(StepParameter<T> parameter)
        where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public StepParameter<T> Parameter { get; } = parameter;

        public MomentumAgreement<V, T> Agreement { get; } = new(parameter, "exp_avg");

        public CoordinateUpdate2<V, T, Rule<V>> Move { get; } = new(CoordinateChunks.Of([parameter], "exp_avg", "exp_avg_sq"));
    }
}
