namespace Descent.Schedules;

/// <summary>Warmup, stable, decay: the full learning rate for most of the time, and a short decay at the end (a trapezoid).</summary>
/// <remarks><para>f(t) = 1 while t ≤ T − D, then e + (1 − e)·g(x), x = (t − (T − D))/D; linear g = 1 − x, cosine g = (1 + cos πx)/2,
/// square-root g = 1 − √x</para>
/// <para>Hu et al., "MiniCPM", 2024, section 4; Hägele et al., "Scaling laws and compute-optimal training beyond fixed training durations",
/// NeurIPS 2024, whose decay takes 20 % of the steps and does best with the square root.</para>
/// <para>PyTorch has no such schedule. Differs from MiniCPM, whose decay is exponential. Where no warmup is given it is 5 % of the
/// training: the name promises one.</para></remarks>
/// <param name="Decay">D, of the decay at the end.</param>
/// <param name="Shape">Of the decay.</param>
/// <param name="EndFactor">e, at the end.</param>
[Schedule("warmup-stable-decay", Source = "arXiv:2404.06395; arXiv:2405.18392")]
public sealed record WarmupStableDecay(
    [Length] double Decay = 0.2, [Choice("linear", "cosine", "square-root")] string Shape = "linear", [NonNegative] double EndFactor = 0) : ISchedule
{
    double ISchedule.DefaultWarmup => 0.05;

    public double Factor(long t, ScheduleSpan span)
    {
        double length = Math.Min(span.Length, LengthAttribute.Of(Decay, span.Length));
        double x = Math.Clamp((t - (span.Length - length)) / length, 0, 1);
        double left = Shape switch
        {
            "cosine" => (1 + Math.Cos(Math.PI * x)) / 2,
            "square-root" => 1 - Math.Sqrt(x),
            _ => 1 - x,
        };
        return EndFactor + ((1 - EndFactor) * left);
    }
}
