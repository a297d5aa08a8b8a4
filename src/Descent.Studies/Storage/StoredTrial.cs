using Descent.Studies.Definition;
using Descent.Studies.Statistics;

namespace Descent.Studies.Storage;

/// <summary>What is stored of a trial, apart from its points.</summary>
public sealed record StoredTrial
{
    public required string Id { get; init; }

    public required TrialSettings Settings { get; init; }

    public required TrialState State { get; init; }

    /// <summary>Why it failed or was pruned, one sentence.</summary>
    public string? Reason { get; init; }

    public long? DivergedAtStep { get; init; }

    /// <summary>Steps taken: of an ended trial all of them, else those that are recorded.</summary>
    public long Steps { get; init; }

    /// <summary>Null until something was recorded.</summary>
    public long? StepsPerEpoch { get; init; }

    /// <summary>SHA-256 over the final parameters; null until it has ended.</summary>
    public string? ParametersHash { get; init; }

    /// <summary>Where its last attempt runs or ran; null before the first.</summary>
    public TrialEnvironment? Environment { get; init; }

    /// <summary>How often it was claimed.</summary>
    public int Attempts { get; init; }

    /// <summary>Who holds it; null when nobody does.</summary>
    public TrialOwner? Owner { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Wall seconds of all attempts, evaluation and storage among them.</summary>
    public double WallSeconds { get; init; }

    /// <summary>Processor seconds of all attempts: the process's, shared evenly among the trials in flight.</summary>
    public double ProcessorSeconds { get; init; }

    /// <summary>How many trials of the same process ran beside it, the mean over its time.</summary>
    public double TrialsBeside { get; init; }

    /// <summary>Steps that were left out because loss or gradient was not finite; known when it has ended.</summary>
    public long SkippedSteps { get; init; }

    /// <summary>Gradients taken; null until it has ended, and where an earlier version ran it.</summary>
    public long? GradientEvaluations { get; init; }

    /// <summary>Products with the Hessian taken; null as above.</summary>
    public long? HessianProducts { get; init; }

    /// <summary>The learning rate of each recorded step: where none was recorded, it was the optimizer's at every step.</summary>
    public double[] LearningRates(StepSeries steps)
    {
        if (!steps.LearningRate.IsEmpty)
        {
            return steps.LearningRate.ToArray();
        }

        var rates = new double[steps.Count];
        Array.Fill(rates, Settings.LearningRate);
        return rates;
    }

    /// <summary>Nothing is left to do: complete, pruned or diverged.</summary>
    /// <summary>Whether no study can ask more of it; one that was pruned for a study may be trained on for another.</summary>
    public bool IsFinal => State is TrialState.Complete or TrialState.Diverged;

    public bool IsResult => State is TrialState.Complete or TrialState.Pruned or TrialState.Diverged;
}

/// <summary>A trial as a study names it.</summary>
/// <param name="Label">What the study calls the optimizer.</param>
/// <param name="Told">The hyperparameters that the study names, with this trial's values.</param>
/// <param name="Trial">What is stored of it.</param>
public sealed record StudyTrial(string Label, IReadOnlyList<Setting> Told, StoredTrial Trial);
