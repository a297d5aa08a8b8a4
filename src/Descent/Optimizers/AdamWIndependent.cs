using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>AdamW in its paper's form: the learning rate does not scale the decay, only the schedule does.</summary>
/// <remarks><para>m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;  θ ← θ − f·(η·m̂ / (√v̂ + ε) + λ·θ), with m̂ = m/(1−β₁ᵗ),
/// v̂ = v/(1−β₂ᵗ) and the schedule's factor f, 1 without a schedule.</para>
/// <para>Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2, where η is called α and f is ηₜ.</para>
/// <para>Differs from adamw, the form of PyTorch and optax, whose decay per step is η·f·λ: the same λ means 1/η times more here, and η can
/// be tuned without changing the decay. λ = 1e-5 with η = 1e-3 is adamw's default. ε is added after the correction.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, after the bias correction.</param>
/// <param name="WeightDecay">λ, fraction of θ removed each step while the schedule's factor is 1.</param>
[Optimizer("adamw-independent", Source = "arXiv:1711.05101", FormOf = "adam",
    Difference = "decay is decoupled from η too: λ of θ, times the schedule alone")]
public sealed record AdamWIndependent(
    [Positive] double LearningRate = 1e-3, [Fraction] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-8, [NonNegative] double WeightDecay = 1e-5) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor, t = step.Number;
        step.Update(new Rule<V>(V.Broadcast(Beta1), V.Broadcast(1 - Beta1), V.Broadcast(Beta2), V.Broadcast(1 - Beta2),
            V.Broadcast(Epsilon), V.Broadcast(rate / (1 - Math.Pow(Beta1, t))), V.Broadcast(1 / Math.Sqrt(1 - Math.Pow(Beta2, t))),
            V.Broadcast(1 - (step.ScheduleFactor * WeightDecay))), "exp_avg", "exp_avg_sq");
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
