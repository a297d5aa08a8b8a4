namespace Descent.Schedules;

/// <summary>A staircase of equal steps: the learning rate is multiplied by a factor every so many steps.</summary>
/// <remarks><para>f(t) = γ^⌊t/S⌋</para>
/// <para>Used since the first deep networks; He, Zhang, Ren and Sun, "Deep residual learning", CVPR 2016, divide by ten when the error stops
/// falling, which became every 30 of 90 epochs. PyTorch's StepLR.</para>
/// <para>Differs from PyTorch: S may be a share of the training, and is a third of it by default, where StepLR has no default. S counts steps,
/// or epochs with per: epoch.</para></remarks>
/// <param name="Every">S, how long each level lasts.</param>
/// <param name="Factor">γ, from one level to the next.</param>
[Schedule("step", Source = "arXiv:1512.03385")]
public sealed record StepDecay([Length] double Every = 1.0 / 3, [Positive] double Factor = 0.1) : ISchedule
{
    double ISchedule.Factor(long t, ScheduleSpan span) => Math.Pow(Factor, Math.Floor(t / LengthAttribute.Of(Every, span.Length)));
}
