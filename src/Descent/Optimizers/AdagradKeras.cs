using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Adagrad as Keras and optax compute it: ε inside the root of a sum that does not start at zero.</summary>
/// <remarks><para>θ ← θ − η·λ·θ;  s ← s + g², with s = s₀ before the first step;  θ ← θ − η·g / √(s + ε).</para>
/// <para>Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 12, 2011, figure 1
/// with the diagonal matrix. This is the form of Keras 3 and optax.</para>
/// <para>Differs from adagrad, PyTorch's form: s₀ = 0.1 makes the first steps of small gradients small; ε stands inside the root. λ is
/// decoupled, as Keras has it.</para></remarks>
/// <param name="LearningRate">η, parameter units.</param>
/// <param name="InitialAccumulator">s₀, squared gradient units.</param>
/// <param name="Epsilon">ε, squared gradient units, added inside the root.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
[Optimizer("adagrad-keras", Source = "Duchi, Hazan and Singer 2011, JMLR 12", FormOf = "adagrad",
    Difference = "ε inside the root, 1e-7; the sum starts at 0.1; decay is decoupled")]
public sealed record AdagradKeras(
    [Positive] double LearningRate = 1e-3, [NonNegative] double InitialAccumulator = 0.1, [Positive] double Epsilon = 1e-7,
    [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["accumulator"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor;
        step.Update(new Rule<V>(V.Broadcast(rate), V.Broadcast(1 - (rate * WeightDecay)),
            V.Broadcast(step.Number == 1 ? InitialAccumulator : 0), V.Broadcast(Epsilon)), "accumulator");
    }

    readonly struct Rule<V>(V rate, V keep, V start, V eps) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V s)
        {
            s = s + start + (g * g);
            p = (keep * p) - (rate * g / V.Sqrt(s + eps));
        }
    }
}
