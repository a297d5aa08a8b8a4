using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>QHM: a weighted mean of the gradient and of momentum, a family that contains both and Nesterov's.</summary>
/// <remarks><para>g ← g + λ·θ;  m ← β·m + (1−β)·g;  θ ← θ − η·((1−ν)·g + ν·m).</para>
/// <para>Ma and Yarats, "Quasi-hyperbolic momentum and Adam for deep learning", ICLR 2019, section 3.</para>
/// <para>Differs from nothing in the source. m is a mean, not the sum that sgd keeps: its η is 1/(1−β) of QHM's. ν = 0 is plain sgd, ν = 1
/// momentum, ν = β Nesterov's momentum. λ enters the gradient, as in the authors' code.</para></remarks>
/// <param name="LearningRate">η, parameter units per gradient unit.</param>
/// <param name="Momentum">β, kept fraction of the mean gradient.</param>
/// <param name="Nu">ν, weight of the mean against the newest gradient.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ.</param>
[Optimizer("qhm", Source = "arXiv:1810.06801")]
public sealed record Qhm(
    [Positive] double LearningRate = 1e-2, [Fraction] double Momentum = 0.999, [UnitInterval] double Nu = 0.7,
    [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["momentum_buffer"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor;
        step.Update(new Rule<V>(V.Broadcast(rate * (1 - Nu)), V.Broadcast(rate * Nu), V.Broadcast(Momentum), V.Broadcast(1 - Momentum),
            V.Broadcast(WeightDecay)), "momentum_buffer");
    }

    readonly struct Rule<V>(V gradientRate, V meanRate, V kept, V added, V decay) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m)
        {
            g += decay * p;
            m = (kept * m) + (added * g);
            p -= (gradientRate * g) + (meanRate * m);
        }
    }
}
