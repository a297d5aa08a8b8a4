namespace Descent.Schedules;

/// <summary>One cycle: up from a small learning rate to the full one, then down to a tiny one at the last step.</summary>
/// <remarks><para>f(t) = s at t = 0, p at t = w·T − 1, e at t = T − 1, between them half waves of a cosine or lines; with three phases p at
/// w·T − 1, s again at 2·w·T − 2, e at T − 1</para>
/// <para>Smith and Topin, "Super-convergence: very fast training of neural networks using large learning rates", 2017; Smith, "A disciplined
/// approach to neural network hyper-parameters", 2018. The form is that of PyTorch's OneCycleLR, which is fastai's.</para>
/// <para>Differs from PyTorch: OneCycleLR takes max_lr in place of the optimizer's learning rate, here the optimizer's is the highest; its
/// div_factor of 25 is start_factor 1/25, its final_div_factor of 10⁴ is end_factor 1/(25·10⁴). It also moves the momentum, from 0.95 to 0.85
/// and back: here that is a schedule of its own, momentum_schedule: { name: one-cycle, start_factor: 1, peak_factor: 0.8947, end_factor: 1 }
/// with momentum 0.95. Behind the end the last value is kept; PyTorch throws.</para></remarks>
/// <param name="Peak">w, the share of the time in which the peak is reached.</param>
/// <param name="StartFactor">s, at the first step.</param>
/// <param name="PeakFactor">p, at the peak.</param>
/// <param name="EndFactor">e, at the last step.</param>
/// <param name="Shape">Of the way between them.</param>
/// <param name="ThreePhases">Whether the way down leads through the first factor, as fast as the way up was.</param>
[Schedule("one-cycle", Source = "arXiv:1708.07120; arXiv:1803.09820")]
public sealed record OneCycle(
    [Fraction] double Peak = 0.3, [NonNegative] double StartFactor = 0.04, [NonNegative] double PeakFactor = 1,
    [NonNegative] double EndFactor = 4e-6, [Choice("cosine", "linear")] string Shape = "cosine", bool ThreePhases = false) : ISchedule
{
    public void Validate()
    {
        if (ThreePhases && Peak >= 0.5)
        {
            throw new BadInputException(FormattableString.Invariant($"one-cycle: three_phases needs a peak below 0.5, got {Peak}."));
        }
    }

    public double Factor(long t, ScheduleSpan span)
    {
        double top = (Peak * span.Length) - 1, end = span.Length - 1;
        if (t <= top)
        {
            return Between(StartFactor, PeakFactor, t, 0, top);
        }

        double start = Math.Max(top, 0), back = (2 * Peak * span.Length) - 2;
        return !ThreePhases ? Between(PeakFactor, EndFactor, t, start, end)
            : t <= back ? Between(PeakFactor, StartFactor, t, start, back)
            : Between(StartFactor, EndFactor, t, Math.Max(back, 0), end);
    }

    double Between(double first, double last, double t, double from, double to)
    {
        double share = to > from ? Math.Min(1, (t - from) / (to - from)) : 1;
        return Shape == "linear" ? first + ((last - first) * share) : last + ((first - last) / 2 * (1 + Math.Cos(Math.PI * share)));
    }
}
