using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Adadelta: steps as long as recent steps were, times the gradient over the root of its mean square.</summary>
/// <remarks><para>g ← g + λ·θ;  v ← ρ·v + (1−ρ)·g²;  d = √(u + ε)/√(v + ε) · g;  u ← ρ·u + (1−ρ)·d²;  θ ← θ − η·d.</para>
/// <para>Zeiler, "ADADELTA: an adaptive learning rate method", 2012, algorithm 1. This is PyTorch's form.</para>
/// <para>Differs from the paper in η, which that does not have: the units of d are already those of θ, and only η = 1 keeps the argument.
/// Keras takes η = 1e-3, a thousandth of the rule. ε stands inside both roots and alone sets the first steps, √ε/√(1−ρ) long: 0.003 with
/// the defaults, growing from there. Neither mean is corrected.</para></remarks>
/// <param name="LearningRate">η, a factor; the paper's rule has 1.</param>
/// <param name="Rho">ρ, kept fraction of both mean squares.</param>
/// <param name="Epsilon">ε, squared units, added inside both roots.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ.</param>
[Optimizer("adadelta", Source = "arXiv:1212.5701")]
public sealed record Adadelta(
    [Positive] double LearningRate = 1, [Fraction] double Rho = 0.9, [Positive] double Epsilon = 1e-6,
    [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["square_avg", "acc_delta"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        step.Update(new Rule<V>(V.Broadcast(LearningRate * step.ScheduleFactor), V.Broadcast(Rho), V.Broadcast(1 - Rho),
            V.Broadcast(Epsilon), V.Broadcast(WeightDecay)), "square_avg", "acc_delta");

    readonly struct Rule<V>(V rate, V r, V c, V eps, V decay) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V v, ref V u)
        {
            g += decay * p;
            v = (r * v) + (c * g * g);
            V d = V.Sqrt(u + eps) / V.Sqrt(v + eps) * g;
            u = (r * u) + (c * d * d);
            p -= rate * d;
        }
    }
}
