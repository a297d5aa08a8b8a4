namespace Descent.Studies.Statistics;

/// <summary>What a trial recorded at its steps, as columns of equal length in ascending order of the step. Values that are not finite
/// are kept as they are: they mark the divergence.</summary>
public sealed record StepSeries
{
    public static StepSeries Empty { get; } = new(default, default, default);

    /// <param name="step">Number of the step, the first update being step 1.</param>
    /// <param name="loss">Loss of the step's batch before the update.</param>
    /// <param name="gradientNorm">Euclidean norm of the whole gradient before clipping; empty when it was not recorded.</param>
    public StepSeries(ReadOnlyMemory<long> step, ReadOnlyMemory<double> loss, ReadOnlyMemory<double> gradientNorm)
    {
        if (loss.Length != step.Length || (gradientNorm.Length != step.Length && !gradientNorm.IsEmpty))
        {
            throw new ArgumentException(
                $"step series: columns must be equally long, got {step.Length} steps, {loss.Length} losses, {gradientNorm.Length} norms.");
        }

        (Step, Loss, GradientNorm) = (step, loss, gradientNorm);
    }

    public ReadOnlyMemory<long> Step { get; }

    public ReadOnlyMemory<double> Loss { get; }

    public ReadOnlyMemory<double> GradientNorm { get; }

    /// <summary>Of each step, after its schedule; empty where it is the optimizer's at every step.</summary>
    public ReadOnlyMemory<double> LearningRate
    {
        get;
        init => field = value.IsEmpty || value.Length == Count ? value
            : throw new ArgumentException($"step series: columns must be equally long, got {Count} steps, {value.Length} learning rates.");
    }

    /// <summary>Euclidean norm of the whole gradient after clipping; empty where it is the one before.</summary>
    public ReadOnlyMemory<double> ClippedGradientNorm
    {
        get;
        init => field = value.IsEmpty || value.Length == Count ? value
            : throw new ArgumentException($"step series: columns must be equally long, got {Count} steps, {value.Length} clipped norms.");
    }

    /// <summary>The mean over the parameters of the Euclidean norms of their gradients, before clipping; empty where it was not recorded.</summary>
    public ReadOnlyMemory<double> MeanGradientNorm
    {
        get;
        init => field = value.IsEmpty || value.Length == Count ? value
            : throw new ArgumentException($"step series: columns must be equally long, got {Count} steps, {value.Length} mean norms.");
    }

    public int Count => Step.Length;
}
