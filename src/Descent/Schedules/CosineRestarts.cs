namespace Descent.Schedules;

/// <summary>Cosine annealing with warm restarts: at the end of each half wave the learning rate jumps back to the full one.</summary>
/// <remarks><para>f(t) = e + (1 − e)·(1 + cos(π·u/Tᵢ))/2, u = steps since the last restart, Tᵢ = T₀·mⁱ after i restarts</para>
/// <para>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, equation 5. PyTorch's
/// CosineAnnealingWarmRestarts.</para>
/// <para>Differs from PyTorch: T₀ may be a share of the training, and is a quarter of it by default (PyTorch has no default). A restart falls
/// on a whole step; the paper and PyTorch may also restart in the middle of an epoch when they are told so.</para></remarks>
/// <param name="Length">T₀, of the first wave.</param>
/// <param name="Multiplier">m, each wave's length in that of the wave before.</param>
/// <param name="EndFactor">e, at the end of each wave.</param>
[Schedule("cosine-restarts", Source = "arXiv:1608.03983")]
public sealed record CosineRestarts([Length] double Length = 0.25, [Whole(1)] double Multiplier = 1, [NonNegative] double EndFactor = 0) : ISchedule
{
    public double Factor(long t, ScheduleSpan span)
    {
        double wave = LengthAttribute.Of(Length, span.Length), since = Multiplier == 1 ? t % wave : t;
        while (since >= wave)
        {
            since -= wave;
            wave *= Multiplier;
        }

        return EndFactor + ((1 - EndFactor) * (1 + Math.Cos(Math.PI * since / wave)) / 2);
    }
}
