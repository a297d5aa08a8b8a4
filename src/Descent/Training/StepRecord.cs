namespace Descent.Training;

/// <summary>What one step measured.</summary>
/// <param name="Step">The number of the step, 1 for the first.</param>
/// <param name="Epoch">The epoch that the step belongs to, 1 for the first.</param>
/// <param name="Loss">The mean loss over the step's batch, before the update.</param>
/// <param name="GradientNorm">The global L2 norm of the gradient, before clipping.</param>
public readonly record struct StepRecord(long Step, int Epoch, double Loss, double GradientNorm)
{
    /// <summary>The global L2 norm of the gradient after clipping: what the update was made from. That before clipping where nothing is clipped, and where
    /// the step was left out.</summary>
    public double ClippedGradientNorm { get; init; } = GradientNorm;

    /// <summary>The mean over the parameters (each weight and each bias is one) of the L2 norms of their gradients, before clipping; NaN where it is not
    /// measured.</summary>
    public double MeanGradientNorm { get; init; } = double.NaN;

    /// <summary>Of the step, after its schedule.</summary>
    public double LearningRate { get; init; }

    /// <summary>Gradients taken since the start of the training: one a step for most rules, more for those that take it again.</summary>
    public long GradientEvaluations { get; init; }

    /// <summary>Products with the Hessian taken since the start; each costs about as much as two more gradients.</summary>
    public long HessianProducts { get; init; }
}
