namespace Descent.Studies.Statistics;

/// <summary>The seeds of one setting, summed up. Accuracies are over the complete trials alone; how many these are stands in
/// <see cref="SampleStatistics.Count"/>, and the others are in <see cref="Trials"/> with their state.</summary>
public sealed record SettingSummary
{
    /// <summary>A name that is unique in the study: the optimizer's label, with the settings that tell it apart from others of that label,
    /// e.g. <c>adam learning_rate=0.01</c>.</summary>
    public required string Label { get; init; }

    public required string Optimizer { get; init; }

    public required IReadOnlyList<Setting> Settings { get; init; }

    /// <summary>One trial a seed, in the study's order.</summary>
    public required IReadOnlyList<TrialResult> Trials { get; init; }

    /// <summary>Test accuracy after the last step, of the complete trials.</summary>
    public required SampleStatistics FinalTestAccuracy { get; init; }

    /// <summary>Highest test accuracy of all evaluations, of the complete trials.</summary>
    public required SampleStatistics BestTestAccuracy { get; init; }

    public required TargetSummary Target { get; init; }

    /// <summary>Wall time of the complete trials.</summary>
    public required SampleStatistics Seconds { get; init; }

    public IEnumerable<TrialResult> In(TrialState state) => Trials.Where(trial => trial.State == state);

    public static SettingSummary From(string label, IReadOnlyList<TrialResult> trials)
    {
        var complete = trials.Where(trial => trial.State == TrialState.Complete).ToList();
        return new()
        {
            Label = label,
            Optimizer = trials[0].Optimizer,
            Settings = trials[0].Settings,
            Trials = trials,
            FinalTestAccuracy = Measured(complete.Select(trial => trial.FinalTestAccuracy)),
            BestTestAccuracy = Measured(complete.Select(trial => trial.BestTestAccuracy)),
            Target = TargetSummary.From([.. trials.Where(trial => trial.IsResult)]),
            Seconds = Measured(complete.Select(trial => trial.Seconds)),
        };
    }

    static SampleStatistics Measured(IEnumerable<double?> values) =>
        SampleStatistics.Of(values.Where(x => x is { } value && double.IsFinite(value)).Select(x => x!.Value));
}
