using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Lion: steps of equal length in every coordinate, by the sign of a mean gradient that leans on the newest one.</summary>
/// <remarks><para>u = sign(β₁·m + (1−β₁)·g);  θ ← θ − η·(u + λ·θ);  m ← β₂·m + (1−β₂)·g.</para>
/// <para>Chen, Liang, Huang, Real, Wang, Liu, Pham, Dong, Luong, Hsieh, Lu and Le, "Symbolic discovery of optimization algorithms", NeurIPS
/// 2023, algorithm 2. This is its authors' form.</para>
/// <para>Differs from nothing in the source. The sign is taken of the mix with β₁, before m gathers with β₂; its value at zero is zero. λ
/// is decoupled and multiplied by η; it is 0 as in the authors' code, optax has 1e-3. The paper takes η 3 to 10 times smaller and λ as much
/// larger than for adamw. A gradient that is not finite gives a parameter that is not a number, where the sign alone would hide
/// it.</para></remarks>
/// <param name="LearningRate">η, parameter units, the length of every step in every coordinate.</param>
/// <param name="Beta1">β₁, part of m in the sign.</param>
/// <param name="Beta2">β₂, kept fraction of m.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
[Optimizer("lion", Source = "arXiv:2302.06675")]
public sealed record Lion(
    [Positive, Searched(1e-5, 1e-2)] double LearningRate = 1e-4, [Fraction, Searched(0.8, 0.98, IsComplement = true)] double Beta1 = 0.9, [Fraction] double Beta2 = 0.99,
    [NonNegative, Searched(1e-3, 1)] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor;
        step.Update(new Rule<V>(V.Broadcast(rate), V.Broadcast(Beta1), V.Broadcast(1 - Beta1), V.Broadcast(Beta2), V.Broadcast(1 - Beta2),
            V.Broadcast(1 - (rate * WeightDecay))), "exp_avg");
    }

    readonly struct Rule<V>(V rate, V b1, V c1, V b2, V c2, V keep) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m)
        {
            // The sign of NaN is zero; the difference is NaN where g is not finite and zero elsewhere.
            V u = V.Sign((b1 * m) + (c1 * g)) + (g - g);
            p = (keep * p) - (rate * u);
            m = (b2 * m) + (c2 * g);
        }
    }
}
