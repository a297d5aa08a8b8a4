using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Momentum with the learning rate inside the velocity, as Keras and Sutskever have it.</summary>
/// <remarks><para>θ ← θ − η·λ·θ;  v ← μ·v − η·g;  θ ← θ + v, with Nesterov θ ← θ + μ·v − η·g.</para>
/// <para>Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep learning", ICML 2013, equations 1
/// and 2, Nesterov's form with its point shifted. This is the form of Keras 3.</para>
/// <para>Differs from sgd, PyTorch's form, once η changes: what v has gathered keeps the η of its own time, so a schedule acts with a delay
/// of 1/(1−μ) steps, and a warm-up is slower. While η is constant the two are the same to rounding. λ is decoupled, as Keras has
/// it.</para></remarks>
/// <param name="LearningRate">η, parameter units per gradient unit.</param>
/// <param name="Momentum">μ, kept fraction of v.</param>
/// <param name="Nesterov">Whether the step looks ahead along v.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
[Optimizer("sgd-keras", Source = "Sutskever et al. 2013", FormOf = "sgd",
    Difference = "η inside the velocity, so that a schedule acts with delay; decay is decoupled")]
public sealed record SgdKeras(
    [Positive] double LearningRate = 1e-2, [Fraction] double Momentum = 0.9, bool Nesterov = false,
    [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["velocity"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double scheduled = LearningRate * step.ScheduleFactor;
        V rate = V.Broadcast(scheduled), keep = V.Broadcast(1 - (scheduled * WeightDecay)), kept = V.Broadcast(Momentum);
        if (Nesterov)
        {
            step.Update(new NesterovRule<V>(rate, keep, kept), "velocity");
        }
        else
        {
            step.Update(new MomentumRule<V>(rate, keep, kept), "velocity");
        }
    }

    readonly struct MomentumRule<V>(V rate, V keep, V kept) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V v)
        {
            v = (kept * v) - (rate * g);
            p = (keep * p) + v;
        }
    }

    readonly struct NesterovRule<V>(V rate, V keep, V kept) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V v)
        {
            v = (kept * v) - (rate * g);
            p = (keep * p) + ((kept * v) - (rate * g));
        }
    }
}
