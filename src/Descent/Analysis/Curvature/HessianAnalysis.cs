using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Analysis;

/// <summary>The curvature of a loss surface at the present parameters.</summary>
public static class HessianAnalysis
{
    /// <summary>Eigenvalues, trace and density of the Hessian.</summary>
    /// <exception cref="BadInputException">More eigenvalues are asked for than the model has parameters.</exception>
    public static HessianSpectrum Spectrum<T>(Executor executor, LossSurface<T> surface, SpectrumSettings settings, CancellationToken token = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new SpectrumRun<T>(executor, surface.Parameters.Count, surface.MultiplyByHessian, settings, token).Find();

    /// <summary>The same of D^(−1/2)·H·D^(−1/2) with the diagonal D that an adaptive rule divides by: its largest eigenvalue is what the rule's stability depends on.</summary>
    /// <remarks>Cohen et al., "Adaptive gradient methods at the edge of stability", arXiv:2207.14484.</remarks>
    /// <param name="diagonal">D, positive, as long as the parameters, in their order.</param>
    public static HessianSpectrum PreconditionedSpectrum<T>(Executor executor, LossSurface<T> surface, IReadOnlyList<double> diagonal, SpectrumSettings settings,
        CancellationToken token = default) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var arena = new Arena();
        Tensor<T> scale = arena.Allocate<T>(surface.Parameters.Values.Shape), scaled = arena.Allocate<T>(surface.Parameters.Values.Shape);
        for (int i = 0; i < scale.Count; i++)
        {
            scale.Span[i] = T.CreateTruncating(1 / Math.Sqrt(diagonal[i]));
        }

        return new SpectrumRun<T>(executor, scale.Count, (direction, product) =>
        {
            TensorPrimitives.Multiply<T>(direction.Span, scale.Span, scaled.Span);
            surface.MultiplyByHessian(scaled, product);
            TensorPrimitives.Multiply<T>(product.Span, scale.Span, product.Span);
        }, settings, token).Find();
    }
}
