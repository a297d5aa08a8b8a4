namespace Descent.Schedules;

/// <summary>A staircase with steps of any width: the learning rate is multiplied by a factor at each milestone.</summary>
/// <remarks><para>f(t) = γⁿ, n = the number of milestones m with m ≤ t</para>
/// <para>He, Zhang, Ren and Sun, "Deep residual learning", CVPR 2016: on CIFAR-10 at 32,000 and 48,000 of 64,000 steps. PyTorch's
/// MultiStepLR.</para>
/// <para>Differs from PyTorch: milestones may be shares of the training; the default is that of the paper, where MultiStepLR has none. A
/// milestone that stands twice is refused (PyTorch multiplies twice there).</para></remarks>
/// <param name="Milestones">Where the factor is applied, the first step being 0.</param>
/// <param name="Factor">γ, from one level to the next.</param>
[Schedule("multi-step", Source = "arXiv:1512.03385")]
public sealed record MultiStepDecay([Lengths] string Milestones = "[0.5, 0.75]", [Positive] double Factor = 0.1) : ISchedule
{
    readonly IReadOnlyList<double> milestones = RisingNumbersAttribute.Read(Milestones) ?? [];

    double ISchedule.Factor(long t, ScheduleSpan span)
    {
        int passed = 0;
        foreach (double milestone in milestones)
        {
            passed += LengthAttribute.Of(milestone, span.Length) <= t ? 1 : 0;
        }

        return Math.Pow(Factor, passed);
    }
}
