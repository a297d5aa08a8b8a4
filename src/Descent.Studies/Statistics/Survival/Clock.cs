namespace Descent.Studies.Statistics.Survival;

/// <summary>What time to a target is counted in.</summary>
/// <param name="Name">As headings have it.</param>
/// <param name="At">A trial's reading at an evaluation; null where it has none.</param>
/// <param name="AtStep">Its reading at a step at which it diverged, from its last evaluation before; null where it has none.</param>
public sealed record Clock(string Name, Func<TrialResult, EpochPoint, double?> At, Func<TrialResult, long, double?> AtStep)
{
    public static Clock Steps { get; } = new("steps", (_, point) => point.Step, (_, step) => step);

    /// <summary>Steps times the batch: the last batch of an epoch, which may be smaller, counts as a whole one.</summary>
    public static Clock Images { get; } = Scaled("images", trial => trial.Cost?.BatchSize);

    /// <summary>Of the network, see <see cref="TrialCost.FlopsPerGradient"/>: all gradients that the rule took count, a product with the Hessian as two of them.</summary>
    public static Clock Flops { get; } = new("FLOPs", (trial, point) => Gradients(trial, Finite(point.Gradients), point.Step) * trial.Cost?.FlopsPerGradient,
        (trial, step) => Gradients(trial, trial.Gradients, step) * trial.Cost?.FlopsPerGradient);

    /// <summary>Of training alone; where trials ran side by side, they slowed each other down.</summary>
    public static Clock Seconds { get; } = new("seconds", (_, point) => Finite(point.Seconds), (trial, _) => Finite(trial.Seconds ?? double.NaN));

    public static IReadOnlyList<Clock> All { get; } = [Steps, Images, Flops, Seconds];

    /// <summary>When a trial met a target on this clock.</summary>
    /// <param name="trial">One that ended as a result.</param>
    /// <param name="target">Accuracy.</param>
    /// <param name="split">Of which images.</param>
    /// <returns>Null where the trial has no reading, or no evaluation.</returns>
    public TargetTime? TimeOf(TrialResult trial, double target, HeldOut split)
    {
        foreach (var point in trial.Epochs.Where(point => split.Accuracy(point) >= target))
        {
            return At(trial, point) is { } time ? new(time, TargetOutcome.Reached) : null;
        }

        return trial.State == TrialState.Diverged
            ? AtStep(trial, trial.StoppedAtStep ?? (trial.Epochs is [.., var before] ? before.Step : 0)) is { } end ? new(end, TargetOutcome.Diverged) : null
            : trial.Epochs.Count > 0 && At(trial, trial.Epochs[^1]) is { } last ? new(last, TargetOutcome.Missed) : null;
    }

    static Clock Scaled(string name, Func<TrialResult, double?> perStep) =>
        new(name, (trial, point) => point.Step * perStep(trial), (trial, step) => step * perStep(trial));

    /// <summary>Of a rule that takes one gradient a step, the steps tell.</summary>
    static double? Gradients(TrialResult trial, double? counted, long step) => counted ?? (trial.Cost is { TakesOneGradient: true } ? step : null);

    static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
