namespace Descent.Schedules;

/// <summary>The same learning rate at every step; with warmup, from the warmup's end on.</summary>
/// <remarks><para>f(t) = 1</para>
/// <para>Differs from PyTorch's ConstantLR, which holds a factor of 1/3 for five steps and then lets go: a staircase of one step.</para>
/// </remarks>
[Schedule("constant", Source = "Robbins and Monro 1951, the case that they exclude")]
public sealed record Constant : ISchedule
{
    public double Factor(long t, ScheduleSpan span) => 1;
}
