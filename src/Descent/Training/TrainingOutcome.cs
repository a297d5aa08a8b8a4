namespace Descent.Training;

/// <summary>How a training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All steps were taken.</summary>
    Complete,

    /// <summary>The loss or the gradient was not finite: once, or, where such steps are left out, a whole epoch long. A result, not an error.</summary>
    Diverged,

    /// <summary>Stopped from outside, after a checkpoint.</summary>
    Cancelled,
}

/// <param name="Steps">Steps taken.</param>
/// <param name="DivergedAtStep">The first step whose loss or gradient norm was not finite, of the last unbroken row of them; null unless diverged.</param>
/// <param name="ParametersHash">SHA-256 over the bytes of all parameters in the model's order (64 hexadecimal digits): equal bits, equal hash.</param>
/// <param name="ImagesPerSecond">Images trained on by second of training alone. A clock reading.</param>
public sealed record TrainingOutcome(TrainingEnd End, long Steps, long? DivergedAtStep, string ParametersHash, double ImagesPerSecond)
{
    /// <summary>Steps that were left out because loss or gradient was not finite; they count among the steps.</summary>
    public long SkippedSteps { get; init; }

    /// <summary>Gradients taken: as many as steps for most rules, more for those that take it again.</summary>
    public long GradientEvaluations { get; init; }

    /// <summary>Products with the Hessian taken.</summary>
    public long HessianProducts { get; init; }
}
