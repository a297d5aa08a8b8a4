using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>AdamW: Adam whose weight decay bypasses the adaptive denominator.</summary>
/// <remarks><para>θ ← θ − η·λ·θ;  m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;  θ ← θ − η·m̂ / (√v̂ + ε), with
/// m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).</para>
/// <para>Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2. This is PyTorch's form.</para>
/// <para>Differs from the paper: λ is multiplied by the scheduled η (the paper multiplies it by the schedule's factor alone, see
/// adamw-independent), as PyTorch and optax do. Other libraries' default λ: optax 1e-4, Keras 0.004, TorchSharp 0.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, after the bias correction.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
[Optimizer("adamw", Source = "arXiv:1711.05101", FormOf = "adam", Difference = "decay is decoupled: λ·η of θ, past the denominator")]
public sealed record AdamW(
    [Positive, Searched(1e-4, 1e-1)] double LearningRate = 1e-3, [Fraction, Searched(0.8, 0.98, IsComplement = true)] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-8, [NonNegative, Searched(1e-4, 1e-1)] double WeightDecay = 1e-2) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor, t = step.Number;
        step.Update(new Rule<V>(V.Broadcast(Beta1), V.Broadcast(1 - Beta1), V.Broadcast(Beta2), V.Broadcast(1 - Beta2),
            V.Broadcast(Epsilon), V.Broadcast(rate / (1 - Math.Pow(Beta1, t))), V.Broadcast(1 / Math.Sqrt(1 - Math.Pow(Beta2, t))),
            V.Broadcast(1 - (rate * WeightDecay))), "exp_avg", "exp_avg_sq");
    }

    readonly struct Rule<V>(V b1, V c1, V b2, V c2, V eps, V rate, V correction, V keep) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v)
        {
            m = (b1 * m) + (c1 * g);
            v = (b2 * v) + (c2 * g * g);
            p = (keep * p) - (rate * m / ((correction * V.Sqrt(v)) + eps));
        }
    }
}
