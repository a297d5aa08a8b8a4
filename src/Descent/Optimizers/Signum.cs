using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Signum: steps of equal length in every coordinate, by the sign of the mean gradient; signSGD without momentum.</summary>
/// <remarks><para>m ← β·m + (1−β)·g;  θ ← θ − η·(sign(m) + λ·θ).</para>
/// <para>Bernstein, Wang, Azizzadenesheli and Anandkumar, "signSGD: compressed optimisation for non-convex problems", ICML 2018, algorithm
/// 2 without the vote of several workers.</para>
/// <para>Differs from the source in nothing but where λ stands beside η: decoupled and multiplied by it. The sign is of the mean, taken
/// after the new gradient has entered it; lion signs a mix that leans on the newest gradient. The sign of zero is zero. A gradient that is
/// not finite gives a parameter that is not a number, where the sign alone would hide it.</para></remarks>
/// <param name="LearningRate">η, parameter units, the length of every step in every coordinate.</param>
/// <param name="Momentum">β, kept fraction of m. At zero there is no state: signSGD.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
[Optimizer("signum", Source = "arXiv:1802.04434")]
public sealed record Signum(
    [Positive] double LearningRate = 1e-3, [Fraction] double Momentum = 0.9, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => Momentum > 0 ? ["momentum_buffer"] : [];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double scheduled = LearningRate * step.ScheduleFactor;
        V rate = V.Broadcast(scheduled), keep = V.Broadcast(1 - (scheduled * WeightDecay));
        if (Momentum > 0)
        {
            step.Update(new MomentumRule<V>(rate, keep, V.Broadcast(Momentum), V.Broadcast(1 - Momentum)), "momentum_buffer");
        }
        else
        {
            step.Update(new PlainRule<V>(rate, keep));
        }
    }

    // The sign of NaN is zero; a number less itself is NaN where it is not finite and zero elsewhere.
    readonly struct PlainRule<V>(V rate, V keep) : ICoordinateRule<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p = (keep * p) - (rate * (V.Sign(g) + (g - g)));
    }

    readonly struct MomentumRule<V>(V rate, V keep, V kept, V added) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m)
        {
            m = (kept * m) + (added * g);
            p = (keep * p) - (rate * (V.Sign(m) + (g - g)));
        }
    }
}
