namespace Descent.Training;

/// <summary>What was measured after an epoch (epoch 0: before the first step), in evaluation mode, over whole splits. Losses are means over images,
/// accuracies fractions in [0, 1]; NaN where the data has no such split.</summary>
/// <param name="Step">Steps taken so far.</param>
/// <param name="Seconds">Seconds of training alone so far: evaluation and storage are off the clock. A clock reading: it differs from run to run.</param>
public readonly record struct EpochRecord(
    int Epoch, long Step,
    double TrainLoss, double TrainAccuracy,
    double ValidationLoss, double ValidationAccuracy,
    double TestLoss, double TestAccuracy,
    double Seconds)
{
    /// <summary>Gradients taken until here; null where that was not kept.</summary>
    public long? GradientEvaluations { get; init; }

    /// <summary>Products with the Hessian taken until here; null where that was not kept.</summary>
    public long? HessianProducts { get; init; }
}
