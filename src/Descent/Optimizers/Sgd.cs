using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Stochastic gradient descent, plain, with momentum (heavy ball) or with Nesterov's momentum.</summary>
/// <remarks><para>g ← g + λ·θ;  v ← μ·v + (1−τ)·g, but v = g at the first step;  θ ← θ − η·v, with Nesterov θ ← θ − η·(g + μ·v), without
/// momentum θ ← θ − η·g.</para>
/// <para>Robbins and Monro, "A stochastic approximation method", 1951; momentum: Polyak, "Some methods of speeding up the convergence of
/// iteration methods", 1964; Nesterov's: Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and momentum in deep
/// learning", ICML 2013, equations 3 and 4. This is PyTorch's form of all three.</para>
/// <para>Differs from the sources: η stands outside v, so a schedule acts at once on what v has gathered (in Sutskever's and Keras's form η
/// is inside, see sgd-keras; the two are the same while η is constant). Nesterov's form evaluates the gradient at the stored point: the
/// stored θ is Sutskever's look-ahead point θ + μ·v. v is a sum, not a mean: under a constant gradient it grows to g·(1−τ)/(1−μ). λ is
/// added to the gradient and passes through v.</para></remarks>
/// <param name="LearningRate">η, parameter units per gradient unit. Must be tuned; the default is PyTorch's.</param>
/// <param name="Momentum">μ, kept fraction of v. Above zero it needs one state, momentum_buffer.</param>
/// <param name="Dampening">τ, fraction of the gradient kept out of v from the second step on.</param>
/// <param name="Nesterov">Whether the step looks ahead along v; needs momentum and no dampening.</param>
/// <param name="WeightDecay">λ, added to the gradient as λ·θ (L2 regularization with λ/2·θ²).</param>
[Optimizer("sgd", Source = "Robbins and Monro 1951; Polyak 1964; Sutskever et al. 2013")]
public sealed record Sgd(
    [Positive, Searched(1e-3, 1)] double LearningRate = 1e-3, [Fraction, Searched(0.8, 0.98, IsComplement = true)] double Momentum = 0, [Fraction] double Dampening = 0, bool Nesterov = false,
    [NonNegative] double WeightDecay = 0) : IOptimizer
{
    public IReadOnlyList<string> States => Momentum > 0 ? ["momentum_buffer"] : [];

    public void Validate()
    {
        if (Nesterov && (Momentum == 0 || Dampening != 0))
        {
            throw new BadInputException(FormattableString.Invariant(
                $"sgd: nesterov needs momentum above 0 and dampening 0, got momentum {Momentum} and dampening {Dampening}."));
        }
    }

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V rate = V.Broadcast(LearningRate * step.ScheduleFactor), decay = V.Broadcast(WeightDecay), kept = V.Broadcast(Momentum);
        if (Momentum == 0)
        {
            step.Update(new PlainRule<V>(rate, decay));
        }
        else if (Nesterov)
        {
            step.Update(new NesterovRule<V>(rate, decay, kept), "momentum_buffer");
        }
        else
        {
            // The buffer is zero before the first step, so that the gradient enters it whole.
            step.Update(new MomentumRule<V>(rate, decay, kept, V.Broadcast(step.Number == 1 ? 1 : 1 - Dampening)), "momentum_buffer");
        }
    }

    readonly struct PlainRule<V>(V rate, V decay) : ICoordinateRule<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p -= rate * (g + (decay * p));
    }

    readonly struct MomentumRule<V>(V rate, V decay, V kept, V added) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V v)
        {
            v = (kept * v) + (added * (g + (decay * p)));
            p -= rate * v;
        }
    }

    readonly struct NesterovRule<V>(V rate, V decay, V kept) : ICoordinateRule1<V> where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V v)
        {
            g += decay * p;
            v = (kept * v) + g;
            p -= rate * (g + (kept * v));
        }
    }
}
