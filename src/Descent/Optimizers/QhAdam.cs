using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>QHAdam: Adam whose numerator and denominator are each a weighted mean of the newest gradient and of its history.</summary>
/// <remarks><para>g ← g + λ·θ;  m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;
/// θ ← θ − η·((1−ν₁)·g + ν₁·m̂) / (√((1−ν₂)·g² + ν₂·v̂) + ε), with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).</para>
/// <para>Ma and Yarats, "Quasi-hyperbolic momentum and Adam for deep learning", ICLR 2019, section 5.</para>
/// <para>Differs from nothing in the source; the defaults are the ones that it recommends, β₁ = 0.995 and ν₁ = 0.7. With ν₁ = ν₂
/// = 1 it is adam. pytorch_optimizer 3.9.0 has 1 − β₂·g² in the mean square, a fault that is not copied here. λ enters the gradient, as in
/// the authors' code.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Nu1">ν₁, weight of the mean against the newest gradient.</param>
/// <param name="Nu2">ν₂, weight of the mean square against the newest square.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ.</param>
[Optimizer("qhadam", Source = "arXiv:1810.06801", FormOf = "adam",
    Difference = "the newest gradient and square are mixed in by 1−ν₁ and 1−ν₂")]
public sealed record QhAdam(
    [Positive] double LearningRate = 1e-3, [Fraction] double Beta1 = 0.995, [Fraction] double Beta2 = 0.999,
    [UnitInterval] double Nu1 = 0.7, [UnitInterval] double Nu2 = 1, [Positive] double Epsilon = 1e-8,
    [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor, t = step.Number;
        step.Update(new Rule<V>((V.Broadcast(Beta1), V.Broadcast(1 - Beta1)), (V.Broadcast(Beta2), V.Broadcast(1 - Beta2)),
            V.Broadcast(Epsilon), V.Broadcast(rate * (1 - Nu1)), V.Broadcast(rate * Nu1 / (1 - Math.Pow(Beta1, t))),
            V.Broadcast(1 - Nu2), V.Broadcast(Nu2 / (1 - Math.Pow(Beta2, t))), V.Broadcast(WeightDecay)), "exp_avg", "exp_avg_sq");
    }

    readonly struct Rule<V>((V Kept, V Added) first, (V Kept, V Added) second, V eps, V gradientRate, V meanRate, V newest, V correction,
        V decay) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v)
        {
            g += decay * p;
            V square = g * g;
            m = (first.Kept * m) + (first.Added * g);
            v = (second.Kept * v) + (second.Added * square);
            p -= ((gradientRate * g) + (meanRate * m)) / (V.Sqrt((newest * square) + (correction * v)) + eps);
        }
    }
}
