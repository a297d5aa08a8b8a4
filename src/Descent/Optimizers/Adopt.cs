using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>ADOPT: Adam that divides by the mean of earlier squares, before the newest gradient enters it, and then averages.</summary>
/// <remarks><para>g ← g + λ·θ;  first step: v ← g², and nothing moves;  later: c = g / max(√v, ε), kept within ±(t−1)^κ;
/// m ← β₁·m + (1−β₁)·c;  θ ← θ − η·m;  v ← β₂·v + (1−β₂)·g².</para>
/// <para>Taniguchi, Harada, Minegishi, Oshima, Jeong, Nagahara, Iiyama, Suzuki, Iwasawa and Matsuo, "ADOPT: modified Adam can converge with
/// any β₂ with the optimal rate", NeurIPS 2024, algorithm 2. This is its authors' form.</para>
/// <para>Differs from adam in the order: g is scaled by squares that it is not part of, and m averages scaled gradients; ε is a floor, not
/// added; nothing is corrected. The first step only fills v. Libraries limit c differently: κ = 1/4 is the authors', timm has 0.333, the
/// paper's algorithm 1 no limit (clip_scaled=false).</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean scaled gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, the least denominator.</param>
/// <param name="ClipScaled">Whether scaled gradients are limited.</param>
/// <param name="ClipExponent">κ, how fast the limit grows with the step.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ, or decoupled.</param>
/// <param name="DecoupledWeightDecay">Whether θ ← θ − η·λ·θ takes the place of g ← g + λ·θ, as in adamw; not at the first step.</param>
[Optimizer("adopt", Source = "arXiv:2411.02853")]
public sealed record Adopt(
    [Positive, Searched(1e-4, 1e-1)] double LearningRate = 1e-3, [Fraction, Searched(0.8, 0.98, IsComplement = true)] double Beta1 = 0.9, [Fraction] double Beta2 = 0.9999,
    [Positive] double Epsilon = 1e-6, bool ClipScaled = true, [NonNegative] double ClipExponent = 0.25, [NonNegative] double WeightDecay = 0,
    bool DecoupledWeightDecay = false) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V decay = V.Broadcast(DecoupledWeightDecay ? 0 : WeightDecay);
        if (step.Number == 1)
        {
            step.Update(new FirstRule<V>(decay), "exp_avg", "exp_avg_sq");
            return;
        }

        double rate = LearningRate * step.ScheduleFactor;
        double limit = ClipScaled ? Math.Pow(step.Number - 1, ClipExponent) : double.PositiveInfinity;
        step.Update(new Rule<V>(V.Broadcast(rate), V.Broadcast(Beta1), V.Broadcast(1 - Beta1), V.Broadcast(Beta2), V.Broadcast(1 - Beta2),
            V.Broadcast(Epsilon), V.Broadcast(limit), decay, V.Broadcast(DecoupledWeightDecay ? 1 - (rate * WeightDecay) : 1)),
            "exp_avg", "exp_avg_sq");
    }

    readonly struct FirstRule<V>(V decay) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v)
        {
            g += decay * p;
            v = g * g;
        }
    }

    readonly struct Rule<V>(V rate, V b1, V c1, V b2, V c2, V eps, V limit, V decay, V keep) : ICoordinateRule2<V>
        where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v)
        {
            g += decay * p;

            // A limit may hide NaN; the difference is NaN where the gradient is not finite and zero elsewhere.
            V scaled = V.Min(V.Max(g / V.Max(V.Sqrt(v), eps), -limit), limit) + (g - g);
            m = (b1 * m) + (c1 * scaled);
            p = (keep * p) - (rate * m);
            v = (b2 * v) + (c2 * g * g);
        }
    }
}
