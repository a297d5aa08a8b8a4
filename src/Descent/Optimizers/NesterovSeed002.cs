using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>A faulty Nesterov momentum, kept as it is found in teaching code: it takes the look-ahead twice.</summary>
/// <remarks><para>g ← g + λ·θ;  u ← v;  v ← μ·v + g;  θ ← θ − η·(v + μ·u), which is θ − η·(g + 2μ·u).</para>
/// <para>A teaching notebook on gradient dynamics, class NesterovMomentum: the code as it stands, faulty on purpose here, to show what the
/// fault does. Its text states Nesterov's rule; that is sgd with nesterov=true.</para>
/// <para>Differs from every form of Nesterov's rule: the code moves by the new velocity and then again by μ times the old one, where
/// PyTorch's form moves by g + μ·v. On a quadratic of curvature h it is stable only for η·h below (1−μ)/μ, 0.111 at μ = 0.9, where
/// PyTorch's form allows 1.357 and heavy ball 3.8; under a constant gradient its step grows to (1+μ)/(1−μ) gradients, 19 instead of
/// 10.</para></remarks>
/// <param name="LearningRate">η, parameter units per gradient unit.</param>
/// <param name="Momentum">μ, kept fraction of v.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ; the notebook has none.</param>
[Optimizer("nesterov-seed002", Source = "Notebook 002, NesterovMomentum", FormOf = "sgd",
    Difference = "faulty: steps by g + 2μ·v of the step before")]
public sealed record NesterovSeed002(
    [Positive] double LearningRate = 1e-2, [Fraction] double Momentum = 0.9, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["velocity"];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        step.Update(new Rule<V>(V.Broadcast(LearningRate * step.ScheduleFactor), V.Broadcast(WeightDecay), V.Broadcast(Momentum)),
            "velocity");

    readonly struct Rule<V>(V rate, V decay, V kept) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V v)
        {
            V previous = v;
            v = (kept * v) + (g + (decay * p));
            p -= rate * (v + (kept * previous));
        }
    }
}
