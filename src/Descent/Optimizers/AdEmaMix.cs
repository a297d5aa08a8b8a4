using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>AdEMAMix: Adam with a second, much slower mean of gradients added to the first.</summary>
/// <remarks><para>m ← β₁·m + (1−β₁)·g;  l ← β₃ₜ·l + (1−β₃ₜ)·g;  v ← β₂·v + (1−β₂)·g²;  θ ← θ − η·((m̂ + αₜ·l) / (√v̂ + ε) + λ·θ), with m̂ =
/// m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ); with a warm-up of T steps αₜ = α·min(t/T, 1) and β₃ₜ = min(exp(ln β₁·ln β₃ / ((1−t/T)·ln β₃ + t/T·ln β₁)),
/// β₃), without it αₜ = α, β₃ₜ = β₃.</para>
/// <para>Pagliardini, Ablin and Grangier, "The AdEMAMix optimizer: better, faster, older", 2024, algorithm 1 and appendix A.1.</para>
/// <para>Differs from the paper, which warms α and β₃ up over the whole run: a rule does not know the run's length, so T must be given, and
/// without it both act in full from the start, which the paper finds unstable for long runs. l is not corrected, as in the authors' code,
/// whose default α is 2 (the paper takes 4 to 10); pytorch_optimizer 3.9.0 divides it by 1−β₁ᵗ too, a fault that is not copied here. λ is
/// decoupled and multiplied by η.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the fast mean gradient, and where the slow one's warm-up begins.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Beta3">β₃, kept fraction of the slow mean gradient.</param>
/// <param name="Alpha">α, weight of the slow mean gradient.</param>
/// <param name="WarmupSteps">T, steps over which α and β₃ grow to their values; 0 for none.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, after the bias correction.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
[Optimizer("ademamix", Source = "arXiv:2409.03137")]
public sealed record AdEmaMix(
    [Positive] double LearningRate = 1e-3, [Fraction] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999, [Fraction] double Beta3 = 0.9999,
    [NonNegative] double Alpha = 5, [Whole(0)] double WarmupSteps = 0, [Positive] double Epsilon = 1e-8,
    [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_avg_slow", "exp_avg_sq"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor, t = step.Number, slow = SlowBeta(t);
        double alpha = t < WarmupSteps ? Alpha * t / WarmupSteps : Alpha;
        step.Update(new Rule<V>((V.Broadcast(Beta1), V.Broadcast(1 - Beta1)), (V.Broadcast(Beta2), V.Broadcast(1 - Beta2)),
            (V.Broadcast(slow), V.Broadcast(1 - slow)), V.Broadcast(Epsilon), V.Broadcast(rate / (1 - Math.Pow(Beta1, t))),
            V.Broadcast(rate * alpha), V.Broadcast(1 / Math.Sqrt(1 - Math.Pow(Beta2, t))), V.Broadcast(1 - (rate * WeightDecay))),
            "exp_avg", "exp_avg_slow", "exp_avg_sq");
    }

    /// <summary>β₃ₜ: its half-life grows linearly from β₁'s to β₃'s.</summary>
    double SlowBeta(double t)
    {
        if (t >= WarmupSteps || Beta1 == 0 || Beta3 == 0)
        {
            return Beta3;
        }

        double start = Math.Log(Beta1), end = Math.Log(Beta3), done = t / WarmupSteps;
        return Math.Min(Math.Exp(start * end / (((1 - done) * end) + (done * start))), Beta3);
    }

    readonly struct Rule<V>((V Kept, V Added) fast, (V Kept, V Added) square, (V Kept, V Added) slow, V eps, V rate, V slowRate,
        V correction, V keep) : ICoordinateRule3<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V l, ref V v)
        {
            m = (fast.Kept * m) + (fast.Added * g);
            l = (slow.Kept * l) + (slow.Added * g);
            v = (square.Kept * v) + (square.Added * g * g);
            p = (keep * p) - (((rate * m) + (slowRate * l)) / ((correction * V.Sqrt(v)) + eps));
        }
    }
}
