using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>NAdam as Keras computes it: the momentum warms up within a hundred steps.</summary>
/// <remarks><para>θ ← θ − η·λ·θ;  m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;  θ ← θ − η·m̂ / (√v̂ + ε), with
/// m̂ = μₜ₊₁·m/(1−μ₁⋯μₜ₊₁) + (1−μₜ)·g/(1−μ₁⋯μₜ), μₜ = β₁·(1 − ½·0.96ᵗ), v̂ = v/(1−β₂ᵗ).</para>
/// <para>Dozat, "Incorporating Nesterov momentum into Adam", ICLR workshop 2016, algorithm 2. This is the form of Keras 3.</para>
/// <para>Differs from nadam, PyTorch's form, in the warm-up, 0.96ᵗ where that has 0.96^(0.004·t), in ε = 1e-7, in η = 1e-3, and in λ, which
/// is decoupled as Keras has it. Differs from the source in that m gathers with β₁, not with μₜ.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient, and the momentum that μ grows to.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, after the bias correction.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
[Optimizer("nadam-keras", Source = "Dozat 2016, ICLR workshop", FormOf = "adam",
    Difference = "Nesterov's momentum, warmed up over 100 steps; ε 1e-7; decay is decoupled")]
public sealed record NAdamKeras(
    [Positive] double LearningRate = 1e-3, [Fraction] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-7, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor;
        NAdam.Update(step, rate, (Beta1, Beta2, Epsilon), NAdam.MomentumAt(step.Number, Beta1, momentumDecay: 1), decay: 0,
            keep: 1 - (rate * WeightDecay));
    }
}
