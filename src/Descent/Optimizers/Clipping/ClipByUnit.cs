using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers.Clipping;

/// <summary>Adaptive unit-wise clipping (AGC): each unit's gradient is held to a share of the unit's own norm.</summary>
/// <remarks><para>gᵢ ← gᵢ·min(1, λ·max(‖wᵢ‖, ε)/‖gᵢ‖), i a row of a weight [out, …]: what makes one output; a bias and a scale are one unit
/// as a whole</para>
/// <para>Brock, De, Smith and Simonyan, "High-performance large-scale image recognition without normalization", ICML 2021, equation 3. The last
/// layer is left alone, as they advise.</para>
/// <para>PyTorch has no such clipping. Differs from optax, which takes the last axis for the outputs and clips the last layer too unless it is
/// told otherwise, and from timm, which never divides by less than 10⁻⁶.</para></remarks>
/// <param name="Limit">λ, how long a unit's gradient may be, in norms of the unit. Smaller for larger batches: the paper has 0.16 to
/// 0.01.</param>
/// <param name="Epsilon">ε, the least norm of a unit, so that units that start at zero can leave it.</param>
[Clipping("unit-wise", Source = "arXiv:2102.06171")]
public sealed record ClipByUnit([Positive] double Limit = 0.01, [Positive] double Epsilon = 1e-3) : IClipping
{
    public ClippingRun<T> Start<T>(Parameters<T> parameters, Executor executor) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new Run<T>(new UnitLimits<T>(parameters, Limit, Epsilon, info => !info.Traits.HasFlag(ParameterTraits.Head)), executor);

    sealed class Run<T>(UnitLimits<T> limits, Executor executor) : ClippingRun<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override ClippedGradient Clip(double norm) => new(1, Math.Sqrt(limits.Run(executor)));
    }
}
