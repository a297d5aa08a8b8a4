using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers.Clipping;

/// <summary>Clipping by the history of norms: the limit is a percentile of the norms seen so far.</summary>
/// <remarks><para>h ← h with ‖g‖;  c = the p-th percentile of h;  g ← g·min(1, c/‖g‖)</para>
/// <para>Seetharaman, Wichern, Pardo and Le Roux, "AutoClip: adaptive gradient clipping for source separation networks", MLSP 2020,
/// algorithm 1. The percentile lies on the line between two neighbours, as in NumPy.</para>
/// <para>PyTorch has no such clipping. Differs from the paper, whose h is all norms since the first: here it is the last ones, so that a
/// large gradient of the first steps is forgotten, and memory does not grow. The norms remembered are part of the checkpoint.</para></remarks>
/// <param name="Percentile">p; with 10, nine of ten gradients are clipped.</param>
/// <param name="Window">How many norms are remembered.</param>
[Clipping("percentile", Source = "arXiv:2007.14469")]
public sealed record ClipByPercentile([Percentage] double Percentile = 10, [Whole(1)] double Window = 1000) : IClipping
{
    public ClippingRun<T> Start<T>(Parameters<T> parameters, Executor executor) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new Run<T>(new NormHistory((long)Window), Percentile);

    sealed class Run<T>(NormHistory history, double percentile) : ClippingRun<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override ClippedGradient Clip(double norm)
        {
            history.Add(norm);
            return ClipAgain(norm);
        }

        public override ClippedGradient ClipAgain(double norm)
        {
            double limit = history.Percentile(percentile);
            return norm > limit ? new(limit / norm, limit) : new(1, norm);
        }

        public override string Save() => history.ToText();

        public override void Restore(string saved) => history.Restore(saved);
    }
}
