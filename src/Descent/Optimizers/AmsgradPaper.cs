using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>AMSGrad as its paper states it: no correction of either mean.</summary>
/// <remarks><para>g ← g + λ·θ;  m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;  u ← max(u, v);  θ ← θ − η·m / (√u + ε).</para>
/// <para>Reddi, Kale and Kumar, "On the convergence of Adam and beyond", ICLR 2018, algorithm 2.</para>
/// <para>Differs from the source in ε, which the paper does not have and without which a zero gradient divides by zero, and in β₁, which is
/// constant here as in the paper's experiments; its proof lets β₁ fall and takes η/√t, which a schedule can give. λ is not the paper's
/// either. The first step is (1−β₁)/√(1−β₂)·η, with the defaults 3.16·η, where amsgrad (PyTorch) and amsgrad-optax begin with
/// η.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ.</param>
[Optimizer("amsgrad-paper", Source = "arXiv:1904.09237", FormOf = "adam", Difference = "divides by the largest v so far; corrects nothing")]
public sealed record AmsgradPaper(
    [Positive] double LearningRate = 1e-3, [Fraction] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-8, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["m", "v", "largest_v"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        step.Update(new Rule<V>(V.Broadcast(Beta1), V.Broadcast(1 - Beta1), V.Broadcast(Beta2), V.Broadcast(1 - Beta2),
            V.Broadcast(Epsilon), V.Broadcast(LearningRate * step.ScheduleFactor), V.Broadcast(WeightDecay)), "m", "v", "largest_v");

    readonly struct Rule<V>(V b1, V c1, V b2, V c2, V eps, V rate, V decay) : ICoordinateRule3<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v, ref V largest)
        {
            g += decay * p;
            m = (b1 * m) + (c1 * g);
            v = (b2 * v) + (c2 * g * g);
            largest = V.Max(largest, v);
            p -= rate * m / (V.Sqrt(largest) + eps);
        }
    }
}
