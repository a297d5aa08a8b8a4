using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Yogi: Adam whose mean of squares moves by a fixed fraction of the newest square, up or down.</summary>
/// <remarks><para>θ ← θ − η·λ·θ;  m ← β₁·m + (1−β₁)·g;  v ← v − (1−β₂)·sign(v − g²)·g², with m = m₀ and v = v₀ before the first step;
/// θ ← θ − η·m̂ / (√v̂ + ε), with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).</para>
/// <para>Zaheer, Reddi, Sachan, Kale and Kumar, "Adaptive methods for nonconvex optimization", NeurIPS 2018, algorithm 2.</para>
/// <para>Differs from the paper, which corrects neither mean; libraries do, and so do we. optax and pytorch_optimizer start m at v₀ too, a
/// push without a gradient: m₀ = 0 here. v falls by at most (1−β₂)·g² a step, so a small gradient after large ones does not raise the step
/// as fast as in adam. λ is decoupled and multiplied by η.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂; 1−β₂ is the fraction of g² by which v moves.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, after the bias correction.</param>
/// <param name="InitialAccumulator">v₀, squared gradient units.</param>
/// <param name="InitialMean">m₀, gradient units.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
[Optimizer("yogi", Source = "Zaheer et al. 2018, NeurIPS")]
public sealed record Yogi(
    [Positive] double LearningRate = 1e-2, [Fraction] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-3, [NonNegative] double InitialAccumulator = 1e-6, [NonNegative] double InitialMean = 0,
    [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor, t = step.Number;

        // Buffers start at zero: what the means start from enters with the first gradient.
        step.Update(new Rule<V>(V.Broadcast(Beta1), V.Broadcast(1 - Beta1), V.Broadcast(1 - Beta2), V.Broadcast(Epsilon),
            V.Broadcast(t == 1 ? InitialMean : 0), V.Broadcast(t == 1 ? InitialAccumulator : 0),
            V.Broadcast(rate / (1 - Math.Pow(Beta1, t))), V.Broadcast(1 / Math.Sqrt(1 - Math.Pow(Beta2, t))),
            V.Broadcast(1 - (rate * WeightDecay))), "exp_avg", "exp_avg_sq");
    }

    readonly struct Rule<V>(V b1, V c1, V c2, V eps, V startMean, V startSquare, V rate, V correction, V keep) : ICoordinateRule2<V>
        where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v)
        {
            V square = g * g;
            m = (b1 * (m + startMean)) + (c1 * g);
            v += startSquare;
            v -= c2 * V.Sign(v - square) * square;
            p = (keep * p) - (rate * m / ((correction * V.Sqrt(v)) + eps));
        }
    }
}
