namespace Descent.Studies.Statistics;

/// <summary>What a step of a trial costs, by its settings.</summary>
/// <param name="BatchSize">Images.</param>
/// <param name="FlopsPerGradient">Floating-point operations of the network for the gradient of a batch, forward and back (three times the forward pass), without the rule's own
/// arithmetic.</param>
/// <param name="TakesOneGradient">Whether every step takes one gradient and nothing else; other rules are counted while they train.</param>
/// <param name="Parameters">Numbers that are trained.</param>
/// <param name="StateBytes">What the rule keeps beside parameters and gradient.</param>
public sealed record TrialCost(int BatchSize, double FlopsPerGradient, bool TakesOneGradient, long Parameters, long StateBytes)
{
    /// <summary>A convention: a product with the Hessian differentiates the gradient's own passes once more, and counts as two gradients.</summary>
    public const int GradientsPerHessianProduct = 2;

    /// <summary>Gradients and products with the Hessian as a number of gradients; null where they were not counted.</summary>
    public static double? Gradients(long? evaluations, long? products) => evaluations + (GradientsPerHessianProduct * (products ?? 0));
}
