using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>NAdam: Adam with Nesterov's momentum and a momentum that warms up.</summary>
/// <remarks><para>g ← g + λ·θ;  m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;  θ ← θ − η·m̂ / (√v̂ + ε), with
/// m̂ = μₜ₊₁·m/(1−μ₁⋯μₜ₊₁) + (1−μₜ)·g/(1−μ₁⋯μₜ), μₜ = β₁·(1 − ½·0.96^(t·ψ)), v̂ = v/(1−β₂ᵗ).</para>
/// <para>Dozat, "Incorporating Nesterov momentum into Adam", ICLR workshop 2016, algorithm 2. This is the form of PyTorch 2.</para>
/// <para>Differs from the source and between libraries: m gathers with β₁, not with μₜ. ψ = 0.004 is PyTorch's; Keras takes 1
/// (nadam-keras): the momentum nears β₁ at step 100 instead of step 10⁴. optax has no warm-up (nadam-optax). nadamw is another rule.
/// PyTorch 1 without foreach multiplies μ₁⋯μₜ₊₁ by μₜ once more, a fault mended in 2.0. The products are computed from t, so that there
/// is nothing to store.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient, and the momentum that μ grows to.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, after the bias correction.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ, or decoupled.</param>
/// <param name="MomentumDecay">ψ, how fast the momentum warms up from β₁/2; at 0 it stays there.</param>
/// <param name="DecoupledWeightDecay">Whether θ ← θ − η·λ·θ takes the place of g ← g + λ·θ, as in adamw.</param>
[Optimizer("nadam", Source = "Dozat 2016, ICLR workshop", FormOf = "adam", Difference = "Nesterov's momentum, warmed up over 10⁴ steps")]
public sealed record NAdam(
    [Positive, Searched(1e-4, 1e-1)] double LearningRate = 2e-3, [Fraction, Searched(0.8, 0.98, IsComplement = true)] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-8, [NonNegative] double WeightDecay = 0, [NonNegative] double MomentumDecay = 4e-3,
    bool DecoupledWeightDecay = false) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor;
        Update(step, rate, (Beta1, Beta2, Epsilon), MomentumAt(step.Number, Beta1, MomentumDecay), DecoupledWeightDecay ? 0 : WeightDecay,
            DecoupledWeightDecay ? 1 - (rate * WeightDecay) : 1);
    }

    /// <summary>The formula, which nadam's other forms share.</summary>
    /// <param name="momentum">μₜ, μₜ₊₁ and μ₁⋯μₜ.</param>
    /// <param name="decay">What is added to the gradient, in θ.</param>
    /// <param name="keep">What θ is multiplied by.</param>
    internal static void Update<V, T>(StepContext<V, T> step, double rate, (double First, double Second, double Epsilon) means,
        (double Now, double Next, double Product) momentum, double decay, double keep)
        where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        step.Update(new Rule<V>(V.Broadcast(means.First), V.Broadcast(1 - means.First), V.Broadcast(means.Second),
            V.Broadcast(1 - means.Second), V.Broadcast(means.Epsilon), V.Broadcast(rate * (1 - momentum.Now) / (1 - momentum.Product)),
            V.Broadcast(rate * momentum.Next / (1 - (momentum.Product * momentum.Next))),
            V.Broadcast(1 / Math.Sqrt(1 - Math.Pow(means.Second, step.Number))), V.Broadcast(decay), V.Broadcast(keep)),
            "exp_avg", "exp_avg_sq");

    /// <summary>μₜ, μₜ₊₁ and μ₁⋯μₜ, the product as zero once it no longer shows in 1 − μ₁⋯μₜ: at most a few hundred factors for the usual
    /// β₁.</summary>
    internal static (double Now, double Next, double Product) MomentumAt(long t, double beta1, double momentumDecay)
    {
        const double Invisible = 1e-18;
        double product = 1, warmth = 1, cooling = Math.Pow(0.96, momentumDecay);
        for (long i = 1; i <= t && product > Invisible; i++)
        {
            warmth *= cooling;
            product *= Momentum(warmth);
        }

        return (Momentum(Math.Pow(0.96, t * momentumDecay)), Momentum(Math.Pow(0.96, (t + 1) * momentumDecay)),
            product > Invisible ? product : 0);

        double Momentum(double warmth) => beta1 * (1 - (0.5 * warmth));
    }

    readonly struct Rule<V>(V b1, V c1, V b2, V c2, V eps, V gradientRate, V meanRate, V correction, V decay, V keep)
        : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v)
        {
            g += decay * p;
            m = (b1 * m) + (c1 * g);
            v = (b2 * v) + (c2 * g * g);
            p = (keep * p) - (((gradientRate * g) + (meanRate * m)) / ((correction * V.Sqrt(v)) + eps));
        }
    }
}
