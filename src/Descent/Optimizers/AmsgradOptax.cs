using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>AMSGrad as optax computes it: the largest corrected mean square, which never falls.</summary>
/// <remarks><para>g ← g + λ·θ;  m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;  u ← max(u, v/(1−β₂ᵗ));  θ ← θ − η·m̂ / (√u + ε), with
/// m̂ = m/(1−β₁ᵗ).</para>
/// <para>Reddi, Kale and Kumar, "On the convergence of Adam and beyond", ICLR 2018, algorithm 2, with Adam's corrections. This is optax's
/// form, scale_by_amsgrad.</para>
/// <para>Differs from amsgrad, PyTorch's form, which corrects after the maximum, so that its denominator still falls while the correction
/// fades, and from amsgrad-paper, which corrects nothing. After one gradient of 10 and 199 of 0.1 the steps are 0.010·η here, 0.135·η and
/// 0.316·η there: a first gradient that is corrected up by 1/(1−β₂) stays in the denominator for good.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ; optax has none.</param>
[Optimizer("amsgrad-optax", Source = "arXiv:1904.09237", FormOf = "adam", Difference = "divides by the largest corrected v̂ so far")]
public sealed record AmsgradOptax(
    [Positive] double LearningRate = 1e-3, [Fraction] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-8, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["mu", "nu", "nu_max"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor, t = step.Number;
        step.Update(new Rule<V>(V.Broadcast(Beta1), V.Broadcast(1 - Beta1), V.Broadcast(Beta2), V.Broadcast(1 - Beta2),
            V.Broadcast(Epsilon), V.Broadcast(rate / (1 - Math.Pow(Beta1, t))), V.Broadcast(1 / (1 - Math.Pow(Beta2, t))),
            V.Broadcast(WeightDecay)), "mu", "nu", "nu_max");
    }

    readonly struct Rule<V>(V b1, V c1, V b2, V c2, V eps, V rate, V correction, V decay) : ICoordinateRule3<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v, ref V largest)
        {
            g += decay * p;
            m = (b1 * m) + (c1 * g);
            v = (b2 * v) + (c2 * g * g);
            largest = V.Max(largest, correction * v);
            p -= rate * m / (V.Sqrt(largest) + eps);
        }
    }
}
