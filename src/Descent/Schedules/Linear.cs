namespace Descent.Schedules;

/// <summary>A line from one factor to another.</summary>
/// <remarks><para>f(t) = s + (e − s)·min(t, T)/T</para>
/// <para>Decay to zero: Goyal et al. 2017 compare it, Defazio et al., "Optimal linear decay learning rate schedules and further refinements",
/// 2023, find it the best default. PyTorch's LinearLR.</para>
/// <para>Differs from PyTorch: the defaults fall from 1 to 0 over the whole training; LinearLR rises from 1/3 to 1 in 5 steps, as a warmup.
/// The last step of a training of T steps is t = T − 1, so it still moves.</para></remarks>
/// <param name="Length">T, until the end is reached.</param>
/// <param name="StartFactor">s, at the first step.</param>
/// <param name="EndFactor">e, from T on.</param>
[Schedule("linear", Source = "arXiv:2310.07831")]
public sealed record Linear([Length] double Length = 0, [NonNegative] double StartFactor = 1, [NonNegative] double EndFactor = 0) : ISchedule
{
    public double Factor(long t, ScheduleSpan span)
    {
        double all = LengthAttribute.Of(Length, span.Length);
        return StartFactor + ((EndFactor - StartFactor) * Math.Min(t, all) / all);
    }
}
