using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>NAdam as optax computes it: Nesterov's momentum without a warm-up.</summary>
/// <remarks><para>θ ← θ − η·λ·θ;  m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;  θ ← θ − η·m̂ / (√v̂ + ε), with
/// m̂ = β₁·m/(1−β₁ᵗ⁺¹) + (1−β₁)·g/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).</para>
/// <para>Dozat, "Incorporating Nesterov momentum into Adam", ICLR workshop 2016, algorithm 2 with μₜ = β₁. This is optax's form, nadam and
/// nadamw of that library.</para>
/// <para>Differs from nadam and nadam-keras in that the momentum is β₁ from the start: under a constant gradient the first step is 1.474·η
/// where PyTorch's is 1.057·η. Differs from nadamw, whose two parts are both corrected by 1−β₁ᵗ. λ is decoupled.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, after the bias correction.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
[Optimizer("nadam-optax", Source = "Dozat 2016, ICLR workshop", FormOf = "adam",
    Difference = "Nesterov's momentum without warm-up; decay is decoupled")]
public sealed record NAdamOptax(
    [Positive] double LearningRate = 1e-3, [Fraction] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-8, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor;
        NAdam.Update(step, rate, (Beta1, Beta2, Epsilon), (Beta1, Beta1, Math.Pow(Beta1, step.Number)), decay: 0,
            keep: 1 - (rate * WeightDecay));
    }
}
