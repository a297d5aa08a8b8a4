using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Adan: Nesterov's momentum from the difference of successive gradients, over the root of a mean square of both.</summary>
/// <remarks><para>m ← β₁·m + (1−β₁)·g;  d ← β₂·d + (1−β₂)·(g − g₋);  n ← β₃·n + (1−β₃)·(g + β₂·(g − g₋))²; θ ← (θ − η·(m̂ + β₂·d̂) / (√n̂ +
/// ε)) / (1 + λ·η);  g₋ ← g, with m̂ = m/(1−β₁ᵗ), d̂ = d/(1−β₂ᵗ), n̂ = n/(1−β₃ᵗ) and g₋ = g at the first step.</para>
/// <para>Xie, Zhou, Li, Lin and Yan, "Adan: adaptive Nesterov momentum algorithm for faster optimizing deep models", 2022, algorithm 1.
/// This is its authors' form.</para>
/// <para>Differs from the paper in notation: its β is 1−β here, as in the authors' code. The corrections are the code's. λ is proximal, θ
/// is divided by 1 + λ·η after the step; some libraries subtract η·λ·θ before it. No clipping inside.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean difference of gradients.</param>
/// <param name="Beta3">β₃, kept fraction of the mean square.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, after the bias correction.</param>
/// <param name="WeightDecay">λ, per unit of η, proximal.</param>
[Optimizer("adan", Source = "arXiv:2208.06677")]
public sealed record Adan(
    [Positive] double LearningRate = 1e-3, [Fraction] double Beta1 = 0.98, [Fraction] double Beta2 = 0.92, [Fraction] double Beta3 = 0.99,
    [Positive] double Epsilon = 1e-8, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_diff", "exp_avg_sq", "previous_gradient"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor, t = step.Number;
        step.Update(new Rule<V>(
            (V.Broadcast(Beta1), V.Broadcast(1 - Beta1)), (V.Broadcast(Beta2), V.Broadcast(1 - Beta2)),
            (V.Broadcast(Beta3), V.Broadcast(1 - Beta3)), V.Broadcast(Epsilon),
            V.Broadcast(rate / (1 - Math.Pow(Beta1, t))), V.Broadcast(rate * Beta2 / (1 - Math.Pow(Beta2, t))),
            V.Broadcast(1 / Math.Sqrt(1 - Math.Pow(Beta3, t))), V.Broadcast(1 + (rate * WeightDecay)), V.Broadcast(t == 1 ? 0 : 1)),
            "exp_avg", "exp_avg_diff", "exp_avg_sq", "previous_gradient");
    }

    readonly struct Rule<V>((V Kept, V Added) first, (V Kept, V Added) second, (V Kept, V Added) third, V eps, V meanRate, V differenceRate,
        V correction, V shrink, V hasPrevious) : ICoordinateRule4<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V d, ref V n, ref V previous)
        {
            V difference = hasPrevious * (g - previous), ahead = g + (second.Kept * difference);
            m = (first.Kept * m) + (first.Added * g);
            d = (second.Kept * d) + (second.Added * difference);
            n = (third.Kept * n) + (third.Added * ahead * ahead);
            p = (p - (((meanRate * m) + (differenceRate * d)) / ((correction * V.Sqrt(n)) + eps))) / shrink;
            previous = g;
        }
    }
}
