using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Rprop: each coordinate has a step length of its own, which grows while its gradient keeps its sign.</summary>
/// <remarks><para>s = sign(g·g₋);  Δ ← Δ·η⁺ where s > 0, Δ·η⁻ where s &lt; 0, kept within its limits;  g ← 0 where s &lt; 0;
/// θ ← θ − f·Δ·sign(g);  g₋ ← g, with Δ = η and g₋ = 0 before the first step and the schedule's factor f.</para>
/// <para>Riedmiller and Braun, "A direct adaptive method for faster backpropagation learning: the RPROP algorithm", ICNN 1993; the gradient
/// that is zeroed after a change of sign, without a step back: iRprop⁻ of Igel and Hüsken, "Improving the Rprop learning algorithm", 2000.
/// This is PyTorch's form.</para>
/// <para>Differs from PyTorch in two points: the sign of g·g₋ is taken of the signs, so that it does not vanish where the product of two
/// small gradients underflows, and a schedule multiplies the step that is taken, where PyTorch's changes nothing after the first step. The
/// learning rate is only the first step's length. For gradients of the whole data set: with mini-batches signs flip by noise and steps
/// shrink.</para></remarks>
/// <param name="LearningRate">η, parameter units, the length of every coordinate's first step.</param>
/// <param name="EtaMinus">η⁻, by what Δ is multiplied after a change of sign.</param>
/// <param name="EtaPlus">η⁺, by what Δ is multiplied while the sign stays; at least 1.</param>
/// <param name="StepSizeMin">The smallest Δ, parameter units.</param>
/// <param name="StepSizeMax">The largest Δ, parameter units.</param>
[Optimizer("rprop", Source = "Riedmiller and Braun 1993, ICNN")]
public sealed record Rprop(
    [Positive] double LearningRate = 1e-2, [Fraction] double EtaMinus = 0.5, [Positive] double EtaPlus = 1.2,
    [Positive] double StepSizeMin = 1e-6, [Positive] double StepSizeMax = 50) : IOptimizer
{
    public IReadOnlyList<string> States => ["prev", "step_size"];

    public void Validate()
    {
        if (EtaPlus < 1)
        {
            throw new BadInputException(FormattableString.Invariant($"rprop: eta_plus must be 1 or larger, got {EtaPlus}."));
        }

        if (StepSizeMin > StepSizeMax)
        {
            throw new BadInputException(FormattableString.Invariant(
                $"rprop: step_size_min must not exceed step_size_max, got {StepSizeMin} and {StepSizeMax}."));
        }
    }

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        // Buffers start at zero: the first step length enters with the first gradient.
        step.Update(new Rule<V>(V.Broadcast(step.ScheduleFactor), V.Broadcast(step.Number == 1 ? LearningRate : 0),
            V.Broadcast(EtaPlus - 1), V.Broadcast(1 - EtaMinus), V.Broadcast(StepSizeMin), V.Broadcast(StepSizeMax), V.Broadcast(1)),
            "prev", "step_size");

    readonly struct Rule<V>(V factor, V start, V gain, V loss, V smallest, V largest, V one) : ICoordinateRule2<V>
        where V : struct, IVector<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V previous, ref V size)
        {
            V sign = V.Sign(g), agreement = sign * V.Sign(previous), turned = V.Min(agreement, V.Broadcast(0));
            V growth = one + (gain * V.Max(agreement, V.Broadcast(0))) + (loss * turned);
            size = V.Min(V.Max((size + start) * growth, smallest), largest);

            // Where the sign has turned, one plus minus one leaves nothing; a gradient that is not finite leaves NaN.
            V taken = one + turned;
            p -= factor * size * (sign * taken + (g - g));
            previous = g * taken;
        }
    }
}
