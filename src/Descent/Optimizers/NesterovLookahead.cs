using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Nesterov's momentum in look-ahead form: the gradient is taken where the momentum is about to carry the parameters.</summary>
/// <remarks><para>v ← μ·v + g(θ − η·μ·v) + λ·(θ − η·μ·v);  θ ← θ − η·v.</para>
/// <para>Nesterov, "A method for solving the convex programming problem with convergence rate O(1/k²)", 1983; in this form Sutskever, Martens, Dahl
/// and Hinton, "On the importance of initialization and momentum in deep learning", ICML 2013, equations 3 and 4, with η outside v.</para>
/// <para>Differs from sgd with nesterov=true, which takes the gradient at the stored parameters and stores the look-ahead point: the two give the
/// same sequence of points where gradients are taken, while η and μ are constant. Here θ is the sequence that the theory speaks of; loss and
/// gradient norm of a step are those at the look-ahead point. One gradient a step.</para></remarks>
/// <param name="LearningRate">η, parameter units per gradient unit.</param>
/// <param name="Momentum">μ, kept fraction of v.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ times the parameters where it is taken.</param>
[Optimizer("nesterov-lookahead", Source = "Nesterov 1983; Sutskever et al. 2013", FormOf = "sgd",
    Difference = "Nesterov's momentum, with the gradient really taken at the look-ahead point")]
public sealed record NesterovLookahead(
    [Positive] double LearningRate = 1e-3, [Fraction] double Momentum = 0.9, [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => ["momentum_buffer"];

    public bool LooksAhead => true;

    public void LookAhead<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        step.Update(new LookRule<V>(V.Broadcast(LearningRate * step.ScheduleFactor * Momentum)), "momentum_buffer");

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double rate = LearningRate * step.ScheduleFactor;
        step.Update(new MoveRule<V>(V.Broadcast(rate), V.Broadcast(Momentum), V.Broadcast(rate * Momentum), V.Broadcast(WeightDecay)),
            "momentum_buffer");
    }

    readonly struct LookRule<V>(V ahead) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V v) => p -= ahead * v;
    }

    readonly struct MoveRule<V>(V rate, V kept, V ahead, V decay) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V v)
        {
            g += decay * (p - (ahead * v));
            v = (kept * v) + g;
            p -= rate * v;
        }
    }
}
