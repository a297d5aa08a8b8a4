namespace Descent.Schedules;

/// <summary>Inverse square root: falls like 1/√t, without an end that would have to be known beforehand.</summary>
/// <remarks><para>f(t) = √(S/(S + t))</para>
/// <para>Vaswani et al., "Attention is all you need", NeurIPS 2017, section 5.3; Zhai, Kolesnikov, Houlsby and Beyer, "Scaling vision
/// transformers", CVPR 2022, appendix B, who name S the timescale.</para>
/// <para>PyTorch has no such schedule. Differs from Vaswani: their factor model_size^(−1/2) is part of the learning rate here, and their
/// warmup stands before the schedule as before any other; with S equal to the warmup, as by default, the curve is theirs.</para></remarks>
/// <param name="Timescale">S, the time in which the factor falls to 1/√2; 0 for the warmup's length, or a tenth of the training where there is
/// none.</param>
[Schedule("inverse-square-root", Source = "arXiv:1706.03762; arXiv:2106.04560")]
public sealed record InverseSquareRoot([Length] double Timescale = 0) : ISchedule
{
    public double Factor(long t, ScheduleSpan span)
    {
        double scale = Timescale == 0 && span.Warmup > 0 ? span.Warmup : LengthAttribute.Of(Timescale == 0 ? 0.1 : Timescale, span.Length);
        return Math.Sqrt(scale / (scale + t));
    }
}
