namespace Descent.Schedules;

/// <summary>Cosine annealing: half a wave from the full learning rate down, flat at both ends.</summary>
/// <remarks><para>f(t) = e + (1 − e)·(1 + cos(π·min(t, T)/T))/2</para>
/// <para>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, equation 5, without restarts. PyTorch's
/// CosineAnnealingLR.</para>
/// <para>Differs from PyTorch: behind T the end is kept; CosineAnnealingLR rises again. The end is a factor; PyTorch's eta_min is a learning
/// rate. The last step of a training of T steps is t = T − 1, so it still moves.</para></remarks>
/// <param name="Length">T, until the end is reached.</param>
/// <param name="EndFactor">e, from T on.</param>
[Schedule("cosine", Source = "arXiv:1608.03983")]
public sealed record Cosine([Length] double Length = 0, [NonNegative] double EndFactor = 0) : ISchedule
{
    public double Factor(long t, ScheduleSpan span)
    {
        double all = LengthAttribute.Of(Length, span.Length);
        return EndFactor + ((1 - EndFactor) * (1 + Math.Cos(Math.PI * Math.Min(t, all) / all)) / 2);
    }
}
