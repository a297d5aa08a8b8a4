namespace Descent.Schedules;

/// <summary>Polynomial decay: a power of the share of time that is left.</summary>
/// <remarks><para>f(t) = e + (1 − e)·(1 − min(t, T)/T)^p</para>
/// <para>Chen, Papandreou, Kokkinos, Murphy and Yuille, "DeepLab", 2016, with p = 0.9 (their "poly"). PyTorch's PolynomialLR.</para>
/// <para>Differs from PyTorch: T is the whole training by default (PolynomialLR: 5 steps), and the end need not be zero. The last step of a
/// training of T steps is t = T − 1, so it still moves.</para></remarks>
/// <param name="Length">T, until the end is reached.</param>
/// <param name="Power">p; 1 is a line.</param>
/// <param name="EndFactor">e, from T on.</param>
[Schedule("polynomial", Source = "arXiv:1606.00915")]
public sealed record PolynomialDecay([Length] double Length = 0, [Positive] double Power = 1, [NonNegative] double EndFactor = 0) : ISchedule
{
    public double Factor(long t, ScheduleSpan span)
    {
        double all = LengthAttribute.Of(Length, span.Length);
        return EndFactor + ((1 - EndFactor) * Math.Pow(1 - (Math.Min(t, all) / all), Power));
    }
}
