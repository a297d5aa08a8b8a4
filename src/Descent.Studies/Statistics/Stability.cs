namespace Descent.Studies.Statistics;

/// <summary>How much the held-out accuracy of the trials of a setting still varies at their ends.</summary>
/// <param name="Deviation">Standard deviation (n − 1) of the accuracies of the last ten epochs, or of the last third of fewer than thirty, the mean over the complete trials; null where no trial has two
/// such epochs.</param>
/// <param name="Verdict">What follows from it.</param>
public sealed record Stability(double? Deviation, StabilityVerdict Verdict)
{
    /// <summary>Epochs at the end that count, of a training of thirty or more; of a shorter one the last third: before it, a training still
    /// learns.</summary>
    public const int LastEpochs = 10;

    const int Share = 3;

    /// <summary>A variance of 2 squared percent points, in fractions: from there on a trial is called unstable.</summary>
    public static readonly double Limit = Math.Sqrt(2) / 100;

    /// <summary>A setting of which a trial diverged has diverged, whatever the others do. A training that learns nothing does not vary: stable is not
    /// good.</summary>
    public static Stability Of(IReadOnlyCollection<TrialResult> trials, HeldOut heldOut)
    {
        var deviations = trials.Where(trial => trial.State == TrialState.Complete).Select(trial => DeviationOf(trial, heldOut)).OfType<double>().ToList();
        double? mean = deviations.Count == 0 ? null : deviations.Average();
        return new(mean, trials.Any(trial => trial.State == TrialState.Diverged) ? StabilityVerdict.Diverged
            : mean is null ? StabilityVerdict.Unknown
            : deviations.TrueForAll(deviation => deviation < Limit) ? StabilityVerdict.Stable : StabilityVerdict.Unstable);
    }

    /// <summary>Of one trial; null below two epochs.</summary>
    public static double? DeviationOf(TrialResult trial, HeldOut heldOut)
    {
        var trained = trial.Epochs.Where(point => point.Step > 0).ToList();
        return SampleStatistics.Of(trained.TakeLast(Math.Min(LastEpochs, trained.Count / Share)).Select(heldOut.Accuracy).Where(double.IsFinite))
            .StandardDeviation;
    }
}

/// <summary>What is said of a setting's last epochs.</summary>
public enum StabilityVerdict
{
    /// <summary>No complete trial has two epochs.</summary>
    Unknown,

    /// <summary>Every complete trial varies less than the limit.</summary>
    Stable,

    /// <summary>At least one complete trial varies as much as the limit or more.</summary>
    Unstable,

    /// <summary>At least one trial diverged.</summary>
    Diverged,
}
