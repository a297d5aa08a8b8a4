namespace Descent.Schedules;

/// <summary>Exponential decay: every step multiplies by the same number.</summary>
/// <remarks><para>f(t) = γ^(t/S)</para>
/// <para>TensorFlow's ExponentialDecay without its staircase; PyTorch's ExponentialLR is S = 1.</para>
/// <para>Differs from PyTorch: the default S is the whole training, so that γ is the factor at its end; ExponentialLR has no default γ and
/// multiplies by it at each call. A learning rate that falls to 95 % after each epoch is factor: 0.95, every: 1, per: epoch.</para></remarks>
/// <param name="Every">S, the time in which the learning rate falls by γ.</param>
/// <param name="Factor">γ, in the time of S.</param>
[Schedule("exponential", Source = "TensorFlow and PyTorch")]
public sealed record ExponentialDecay([Length] double Every = 0, [Positive] double Factor = 0.1) : ISchedule
{
    double ISchedule.Factor(long t, ScheduleSpan span) => Math.Pow(Factor, t / LengthAttribute.Of(Every, span.Length));
}
