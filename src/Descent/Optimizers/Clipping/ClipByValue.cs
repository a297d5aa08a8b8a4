using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers.Clipping;

/// <summary>Clipping by value: every number of the gradient is brought into an interval; the direction changes.</summary>
/// <remarks><para>gᵢ ← min(max(gᵢ, −c), c)</para>
/// <para>Mikolov, "Statistical language models based on neural networks", 2012. PyTorch's clip_grad_value_.</para>
/// <para>Differs from PyTorch: there is a default limit, where clip_grad_value_ has none.</para></remarks>
/// <param name="Limit">c, the largest absolute value.</param>
[Clipping("value", Source = "Mikolov 2012")]
public sealed record ClipByValue([Positive] double Limit = 0.1) : IClipping
{
    public ClippingRun<T> Start<T>(Parameters<T> parameters, Executor executor) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new Run<T>(new ValueClamp<T>(parameters.Gradients, Limit), executor);

    sealed class Run<T>(ValueClamp<T> clamp, Executor executor) : ClippingRun<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override ClippedGradient Clip(double norm) => new(1, Math.Sqrt(clamp.Run(executor)));
    }
}
