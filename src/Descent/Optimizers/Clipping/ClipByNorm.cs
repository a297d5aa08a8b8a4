using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers.Clipping;

/// <summary>Clipping by the global norm: a gradient that is too long is made shorter and keeps its direction.</summary>
/// <remarks><para>g ← g·min(1, c/‖g‖), ‖g‖ over all parameters together</para>
/// <para>Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", ICML 2013, algorithm 1. PyTorch's
/// clip_grad_norm_.</para>
/// <para>Differs from PyTorch, which divides by ‖g‖ + 10⁻⁶ and so clips a little more than it says. The norm is summed in double.</para></remarks>
/// <param name="Limit">c, the largest norm.</param>
[Clipping("norm", Source = "arXiv:1211.5063")]
public sealed record ClipByNorm([Positive] double Limit = 1) : IClipping
{
    public ClippingRun<T> Start<T>(Parameters<T> parameters, Executor executor) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new Run<T>(Limit);

    sealed class Run<T>(double limit) : ClippingRun<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override ClippedGradient Clip(double norm) => norm > limit ? new(limit / norm, limit) : new(1, norm);
    }
}
