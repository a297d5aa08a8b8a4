using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Adagrad: each coordinate's gradient divided by the root of the sum of all its squares so far.</summary>
/// <remarks><para>g ← g + λ·θ;  s ← s + g²;  θ ← θ − η/(1+(t−1)·δ) · g / (√s + ε), with s = s₀ before the first step.</para>
/// <para>Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 12, 2011, figure 1
/// with the diagonal matrix. This is PyTorch's form.</para>
/// <para>Differs from the source: δ and λ are PyTorch's additions, both zero by default; ε is added outside the root (Keras and optax add
/// 1e-7 inside and take s₀ = 0.1, see adagrad-keras). With s₀ = 0 the first step is η long in every coordinate, however small its gradient,
/// and s never shrinks: the steps go to zero as 1/√t even while the gradient does not.</para></remarks>
/// <param name="LearningRate">η, parameter units, the length of the first step.</param>
/// <param name="LrDecay">δ, by how much η's denominator grows each step; the first step has η itself.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ.</param>
/// <param name="InitialAccumulator">s₀, squared gradient units.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root.</param>
[Optimizer("adagrad", Source = "Duchi, Hazan and Singer 2011, JMLR 12")]
public sealed record Adagrad(
    [Positive, Searched(1e-3, 1)] double LearningRate = 1e-2, [NonNegative] double LrDecay = 0, [NonNegative] double WeightDecay = 0,
    [NonNegative] double InitialAccumulator = 0, [Positive] double Epsilon = 1e-10) : IOptimizer
{
    public IReadOnlyList<string> States => ["sum"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor / (1 + ((step.Number - 1) * LrDecay));

        // Buffers start at zero: what the sum starts from enters with the first gradient.
        step.Update(new Rule<V>(V.Broadcast(rate), V.Broadcast(WeightDecay), V.Broadcast(step.Number == 1 ? InitialAccumulator : 0),
            V.Broadcast(Epsilon)), "sum");
    }

    readonly struct Rule<V>(V rate, V decay, V start, V eps) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V s)
        {
            g += decay * p;
            s = s + start + (g * g);
            p -= rate * g / (V.Sqrt(s) + eps);
        }
    }
}
