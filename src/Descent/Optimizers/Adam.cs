using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Adam: the mean gradient divided by the root of the mean squared gradient, both corrected for their start at zero.</summary>
/// <remarks><para>g ← g + λ·θ;  m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;  θ ← θ − η·m̂ / (√v̂ + ε), with
/// m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).</para>
/// <para>Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1. This is PyTorch's form.</para>
/// <para>Differs from other libraries: ε is added after the correction (TensorFlow and Keras add it before, the paper's ε̂, see
/// adam-keras). λ, which the paper does not have, enters the gradient and is divided by √v̂ like it: coordinates with large gradients decay
/// less. Decay that bypasses the denominator is adamw, and adamw-independent.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, after the bias correction.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ.</param>
[Optimizer("adam", Source = "arXiv:1412.6980")]
public sealed record Adam(
    [Positive, Searched(1e-4, 1e-1)] double LearningRate = 1e-3, [Fraction, Searched(0.8, 0.98, IsComplement = true)] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-8, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor, t = step.Number;
        step.UpdateMoving(new Rule<V>(V.Broadcast(Beta1), V.Broadcast(1 - Beta1), V.Broadcast(Beta2), V.Broadcast(1 - Beta2),
            V.Broadcast(Epsilon), V.Broadcast(rate / (1 - Math.Pow(Beta1, t))), V.Broadcast(1 / Math.Sqrt(1 - Math.Pow(Beta2, t))),
            V.Broadcast(WeightDecay)), "exp_avg", "exp_avg_sq",
            keepsResting: WeightDecay == 0 && T.CreateTruncating(Epsilon) > T.Zero);
    }

    readonly struct Rule<V>(V b1, V c1, V b2, V c2, V eps, V rate, V correction, V decay) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v)
        {
            g += decay * p;
            m = (b1 * m) + (c1 * g);
            v = (b2 * v) + (c2 * g * g);
            p -= rate * m / ((correction * V.Sqrt(v)) + eps);
        }
    }
}
