using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>RAdam: Adam whose adaptive step is scaled down while its mean of squares rests on few gradients.</summary>
/// <remarks><para>g ← g + λ·θ;  m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;  where ρ > 5: θ ← θ − η·r·m̂·√(1−β₂ᵗ) / (√v + ε);  else: θ ← θ
/// − η·m̂, with m̂ = m/(1−β₁ᵗ), ρ∞ = 2/(1−β₂) − 1, ρ = ρ∞ − 2t·β₂ᵗ/(1−β₂ᵗ), r = √((ρ−4)(ρ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρ)).</para>
/// <para>Liu, Jiang, He, Chen, Liu, Gao and Han, "On the variance of the adaptive learning rate and beyond", ICLR 2020, algorithm 2. This
/// is PyTorch's form.</para>
/// <para>Differs from the paper: the threshold is ρ > 5 (step 6 with the default β₂) where the paper has ρ > 4 (step 5, where r is 0.017
/// only) and optax ρ ≥ 5; ε, which the paper does not have, is added before the correction. Below the threshold the step is momentum
/// without a denominator, as in the paper, so that η then has the unit of SGD's: five long steps where gradients are large. Some libraries
/// leave those steps out. With β₂ ≤ 2/3 there is no other kind of step.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, before the bias correction.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ, or decoupled.</param>
/// <param name="DecoupledWeightDecay">Whether θ ← θ − η·λ·θ takes the place of g ← g + λ·θ, as in adamw.</param>
[Optimizer("radam", Source = "arXiv:1908.03265", FormOf = "adam",
    Difference = "momentum without denominator for five steps, then scaled by r, which grows to 1; ε before the correction")]
public sealed record RAdam(
    [Positive, Searched(1e-4, 1e-1)] double LearningRate = 1e-3, [Fraction, Searched(0.8, 0.98, IsComplement = true)] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-8, [NonNegative] double WeightDecay = 0, bool DecoupledWeightDecay = false) : IOptimizer
{
    const double FewestSquares = 5;

    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double scheduled = LearningRate * step.ScheduleFactor, t = step.Number;
        double power = Math.Pow(Beta2, t), longest = (2 / (1 - Beta2)) - 1, length = longest - (2 * t * power / (1 - power));
        V rate = V.Broadcast(scheduled / (1 - Math.Pow(Beta1, t))), decay = V.Broadcast(DecoupledWeightDecay ? 0 : WeightDecay);
        V keep = V.Broadcast(DecoupledWeightDecay ? 1 - (scheduled * WeightDecay) : 1);
        V b1 = V.Broadcast(Beta1), c1 = V.Broadcast(1 - Beta1), b2 = V.Broadcast(Beta2), c2 = V.Broadcast(1 - Beta2);
        if (length > FewestSquares)
        {
            double rectification = Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
            step.Update(new AdaptiveRule<V>(b1, c1, b2, c2, rate * V.Broadcast(rectification * Math.Sqrt(1 - power)), decay, keep,
                V.Broadcast(Epsilon)), "exp_avg", "exp_avg_sq");
        }
        else
        {
            step.Update(new MomentumRule<V>(b1, c1, b2, c2, rate, decay, keep), "exp_avg", "exp_avg_sq");
        }
    }

    readonly struct AdaptiveRule<V>(V b1, V c1, V b2, V c2, V rate, V decay, V keep, V eps) : ICoordinateRule2<V>
        where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v)
        {
            g += decay * p;
            m = (b1 * m) + (c1 * g);
            v = (b2 * v) + (c2 * g * g);
            p = (keep * p) - (rate * m / (V.Sqrt(v) + eps));
        }
    }

    readonly struct MomentumRule<V>(V b1, V c1, V b2, V c2, V rate, V decay, V keep) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v)
        {
            g += decay * p;
            m = (b1 * m) + (c1 * g);
            v = (b2 * v) + (c2 * g * g);
            p = (keep * p) - (rate * m);
        }
    }
}
