using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Adamax: Adam that divides by the largest recent gradient instead of a root of mean squares.</summary>
/// <remarks><para>g ← g + λ·θ;  m ← β₁·m + (1−β₁)·g;  u ← max(β₂·u, |g| + ε);  θ ← θ − η/(1−β₁ᵗ) · m / u.</para>
/// <para>Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 2. This is PyTorch's form.</para>
/// <para>Differs from the paper in ε, which that does not have; it stands inside the maximum, so that it never adds to a β₂·u that is kept
/// (Keras adds it to u after the maximum). Only m is corrected: u needs no correction. λ is not the paper's.</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the largest gradient.</param>
/// <param name="Epsilon">ε, gradient units, added to |g| inside the maximum.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ.</param>
[Optimizer("adamax", Source = "arXiv:1412.6980", FormOf = "adam", Difference = "divides by the largest recent |g| instead of √v̂")]
public sealed record Adamax(
    [Positive] double LearningRate = 2e-3, [Fraction] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-8, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["exp_avg", "exp_inf"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        step.Update(new Rule<V>(V.Broadcast(LearningRate * step.ScheduleFactor / (1 - Math.Pow(Beta1, step.Number))), V.Broadcast(Beta1),
            V.Broadcast(1 - Beta1), V.Broadcast(Beta2), V.Broadcast(Epsilon), V.Broadcast(WeightDecay)), "exp_avg", "exp_inf");

    readonly struct Rule<V>(V rate, V b1, V c1, V b2, V eps, V decay) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V u)
        {
            g += decay * p;
            m = (b1 * m) + (c1 * g);
            u = V.Max(b2 * u, V.Abs(g) + eps);
            p -= rate * m / u;
        }
    }
}
