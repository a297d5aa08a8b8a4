using Descent.Layers;
using Descent.Training;

namespace Descent.Analysis;

/// <summary>The sharpness (the largest eigenvalue of the Hessian of the loss over some training images) beside the largest that the rule is stable with on a quadratic.</summary>
/// <remarks><c>sharpness</c> is the Hessian's; where the rule divides by a second moment that it remembers (Adam, AdamW, AMSGrad, RMSprop), <c>preconditioned_sharpness</c> is that of
/// D^(−1/2)·H·D^(−1/2) with what the rule divides by now. <c>stability_limit</c> is what they are held against, at the learning rate of the step: 2/η for gradient descent, see
/// <see cref="StabilityLimit"/>; <c>sharpness_ratio</c> is their quotient, 1 at the edge of stability. Rules without such a limit have neither. <c>sharpness_residual</c> is ‖Hv − λv‖/λ of what
/// was compared, <c>hessian_products</c> what the reading took. Cohen et al., "Gradient descent on neural networks typically occurs at the edge of stability", arXiv:2103.00065, and for
/// adaptive rules arXiv:2207.14484.</remarks>
/// <param name="Every">It reads before the first step and after every so many; at least 1.</param>
/// <param name="First">The first of the images, counted in file order from 0 in what is trained on.</param>
/// <param name="Last">The last of them.</param>
/// <param name="Mode">Of batch norm and dropout: running statistics, or those of batches of the training's size.</param>
public sealed record SharpnessGauge(long Every, int First, int Last, Mode Mode = Mode.Evaluation) : IGauge
{
    public const string NameInStudies = "sharpness", Sharpness = "sharpness", Preconditioned = "preconditioned_sharpness", Limit = "stability_limit", Ratio = "sharpness_ratio",
        Residual = "sharpness_residual", Products = "hessian_products";

    public string Name => NameInStudies;

    /// <summary>Vectors as long as the parameters that a reading holds at a time.</summary>
    /// <param name="element">Bytes of a number.</param>
    public static int VectorsOf(long parameters, int element) => LeadingEigenvalue<float>.VectorsOf(parameters, element);

    public IGaugeRun<T> Start<T>(GaugedTraining<T> training) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new SharpnessReading<T>(this, training);
}
