using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Adam as Keras and TensorFlow compute it: ε is added to the uncorrected root.</summary>
/// <remarks><para>θ ← θ − η·λ·θ;  m ← β₁·m + (1−β₁)·g;  v ← β₂·v + (1−β₂)·g²;  θ ← θ − η·√(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√v + ε).</para>
/// <para>Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, end of section 2, where ε is called ε̂. This is the form
/// of Keras 3.</para>
/// <para>Differs from adam: in its terms, ε here is ε/√(1−β₂ᵗ), 32 times larger at the first step and shrinking to ε within 1/(1−β₂) steps;
/// its default is 1e-7. λ is decoupled and multiplied by η, as in Keras's AdamW (whose default is 0.004).</para></remarks>
/// <param name="LearningRate">η, parameter units per step.</param>
/// <param name="Beta1">β₁, kept fraction of the mean gradient.</param>
/// <param name="Beta2">β₂, kept fraction of the mean squared gradient.</param>
/// <param name="Epsilon">ε, gradient units, added outside the root, before the bias correction.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of η.</param>
[Optimizer("adam-keras", Source = "arXiv:1412.6980", FormOf = "adam",
    Difference = "ε is added before the correction and is 1e-7; decay is decoupled")]
public sealed record AdamKeras(
    [Positive] double LearningRate = 1e-3, [Fraction] double Beta1 = 0.9, [Fraction] double Beta2 = 0.999,
    [Positive] double Epsilon = 1e-7, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["momentum", "velocity"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor, t = step.Number;
        double corrected = rate * Math.Sqrt(1 - Math.Pow(Beta2, t)) / (1 - Math.Pow(Beta1, t));
        step.Update(new Rule<V>(V.Broadcast(Beta1), V.Broadcast(1 - Beta1), V.Broadcast(Beta2), V.Broadcast(1 - Beta2),
            V.Broadcast(Epsilon), V.Broadcast(corrected), V.Broadcast(1 - (rate * WeightDecay))), "momentum", "velocity");
    }

    readonly struct Rule<V>(V b1, V c1, V b2, V c2, V eps, V rate, V keep) : ICoordinateRule2<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m, ref V v)
        {
            m = (b1 * m) + (c1 * g);
            v = (b2 * v) + (c2 * g * g);
            p = (keep * p) - (rate * m / (V.Sqrt(v) + eps));
        }
    }
}
