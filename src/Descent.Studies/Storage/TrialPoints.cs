using Descent.Training;

namespace Descent.Studies.Storage;

/// <summary>What a running trial measured since it was recorded last.</summary>
/// <param name="FirstStep">The step of the first values, 1 or more; it joins on to what is recorded or lies within it.</param>
/// <param name="Loss">One value a step.</param>
/// <param name="GradientNorm">One value a step, as many as losses.</param>
/// <param name="Epochs">Evaluations.</param>
/// <param name="StepsPerEpoch">Steps of an epoch.</param>
public sealed record TrialPoints(
    long FirstStep, ReadOnlyMemory<double> Loss, ReadOnlyMemory<double> GradientNorm, IReadOnlyList<EpochRecord> Epochs,
    long StepsPerEpoch)
{
    /// <summary>One value a step, as many as losses; empty where it is the same at every step.</summary>
    public ReadOnlyMemory<double> LearningRate { get; init; }

    /// <summary>One value a step, as many as losses; empty where nothing is clipped.</summary>
    public ReadOnlyMemory<double> ClippedGradientNorm { get; init; }

    /// <summary>One value a step, as many as losses; empty where it is not measured.</summary>
    public ReadOnlyMemory<double> MeanGradientNorm { get; init; }

    /// <summary>What gauges have read.</summary>
    public IReadOnlyList<GaugeReading> Gauges { get; init; } = [];
}

/// <summary>Clock readings of an attempt since they were recorded last.</summary>
/// <param name="WallSeconds">Wall time.</param>
/// <param name="ProcessorSeconds">The trial's share of the process's processor time.</param>
/// <param name="BesideSeconds">∫ n dt over the wall time, n being how many other trials ran: divided by it, their mean.</param>
public readonly record struct TrialClock(double WallSeconds, double ProcessorSeconds, double BesideSeconds);

/// <summary>How a trial ended.</summary>
/// <param name="State">Complete, pruned, diverged or failed.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="Points">The last step of which a point was recorded: of a diverged trial maybe one more than it took.</param>
public sealed record TrialEnding(TrialState State, long Steps, long Points)
{
    /// <summary>Why it failed or was pruned, one sentence.</summary>
    public string? Reason { get; init; }

    public long? DivergedAtStep { get; init; }

    public string? ParametersHash { get; init; }

    /// <summary>How many images of class i [row] of the test split were taken for class j [column] at the end; null where nothing was measured.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Confusion { get; init; }

    /// <summary>Steps that were left out because loss or gradient was not finite.</summary>
    public long SkippedSteps { get; init; }

    /// <summary>Gradients taken; null where that is not known.</summary>
    public long? GradientEvaluations { get; init; }

    /// <summary>Products with the Hessian taken; null where that is not known.</summary>
    public long? HessianProducts { get; init; }
}
