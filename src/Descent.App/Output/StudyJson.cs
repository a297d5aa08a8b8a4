using System.Text.Json.Serialization;
using Descent.Studies;
using Descent.Studies.Results;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;

namespace Descent.App.Output;

/// <summary>A trial as <c>--json</c> prints it. Accuracies are fractions from 0 to 1.</summary>
/// <param name="StoppedAtStep">Of a diverged trial the step whose loss was not finite.</param>
/// <param name="StepsToTarget">Null where it was not reached.</param>
sealed record TrialEntry(string Id, string Optimizer, IReadOnlyDictionary<string, object> Settings, ulong Seed, TrialState State,
    long? StoppedAtStep, long SkippedSteps, string? Reason, double? FinalTestAccuracy, double? BestTestAccuracy, double? FinalTrainLoss, long? StepsToTarget,
    double? EpochsToTarget, double? Seconds, double? ProcessorSeconds)
{
    /// <summary>The standard deviation of each weight before the first step; left out where it was not measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? InitialWeights { get; init; }

    public static TrialEntry Of(TrialResult trial) => new(trial.Id, trial.Optimizer, Json.Values(trial.Settings), trial.Seed, trial.State,
        trial.StoppedAtStep, trial.SkippedSteps, trial.Reason, trial.FinalTestAccuracy, trial.BestTestAccuracy,
        trial.State == TrialState.Complete && trial.Epochs.Count > 0 ? trial.Epochs[^1].TrainLoss : null, trial.StepsToTarget,
        trial.EpochsToTarget, trial.Seconds, trial.ProcessorSeconds)
    {
        InitialWeights = trial.InitialWeights.Count == 0 ? null : trial.InitialWeights.ToDictionary(weight => weight.Name, weight => weight.Deviation),
    };
}

/// <summary>A setting summed up over its seeds.</summary>
/// <param name="Seeds">Trials of the setting.</param>
/// <param name="TotalSeconds">Of all trials together.</param>
/// <param name="LastEpochsDeviation">Standard deviation of the held-out accuracy over the last ten epochs or the last third of fewer, a fraction.</param>
sealed record SettingEntry(string Label, string Optimizer, IReadOnlyDictionary<string, object> Settings, int Seeds, int Complete,
    int Diverged, int Failed, SampleEntry FinalTestAccuracy, SampleEntry BestTestAccuracy, int ReachedTarget, int OfTarget,
    double? MedianStepsToTarget, double? MedianEpochsToTarget, SampleEntry Seconds, SampleEntry FinalValidationAccuracy, double TotalSeconds,
    double? LastEpochsDeviation, StabilityVerdict Stability)
{
    public static SettingEntry Of(SettingSummary x, HeldOut heldOut) => Of(x, Descent.Studies.Statistics.Stability.Of(x.Trials, heldOut));

    static SettingEntry Of(SettingSummary x, Stability stability) => new(x.Label, x.Optimizer, Json.Values(x.Settings), x.Trials.Count,
        x.In(TrialState.Complete).Count(), x.In(TrialState.Diverged).Count(), x.In(TrialState.Failed).Count(),
        SampleEntry.Of(x.FinalTestAccuracy), SampleEntry.Of(x.BestTestAccuracy), x.Target.Reached, x.Target.Of, x.Target.MedianSteps,
        x.Target.MedianEpochs, SampleEntry.Of(x.Seconds), SampleEntry.Of(HeldOut.Validation.FinalAccuracy(x.Trials)),
        x.Trials.Sum(trial => trial.Seconds ?? 0), stability.Deviation, stability.Verdict);
}

/// <summary>The averages over one hyperparameter.</summary>
sealed record EffectEntry(string Key, IReadOnlyList<EffectValueEntry> Values)
{
    public static EffectEntry Of(MarginalEffect effect) => new(effect.Key, [.. effect.Values.Select(value =>
        new EffectValueEntry(value.Value, value.Trials, value.Diverged, SampleEntry.Of(value.FinalAccuracy), SampleEntry.Of(value.BestAccuracy)))]);
}

/// <param name="Trials">That ended as a result.</param>
sealed record EffectValueEntry(string Value, int Trials, int Diverged, SampleEntry FinalAccuracy, SampleEntry BestAccuracy);

/// <param name="StandardDeviation">Divides by n − 1; null below two values.</param>
sealed record SampleEntry(int Count, double? Mean, double? StandardDeviation, double? Minimum, double? Maximum)
{
    public static SampleEntry Of(SampleStatistics x) =>
        new(x.Count, x.Mean, x.StandardDeviation, x.Minimum, x.Maximum);
}

/// <summary>What <c>show --json</c> prints of a study, and within the last object of <c>run --json</c>.</summary>
/// <param name="Target">Test accuracy from 0 to 1; null for none.</param>
/// <param name="Missing">Trials that have not ended.</param>
sealed record StudyEntry(string Study, string Question, string Workload, double? Target, int Trials, int Complete, int Diverged, int Failed,
    int Missing, IReadOnlyList<SettingEntry> Settings)
{
    /// <summary>Each trial, where asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TrialEntry>? TrialResults { get; init; }

    /// <summary>Of a run alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunEntry? Run { get; init; }

    /// <summary>The averages over each hyperparameter, where asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EffectEntry>? Effects { get; init; }

    /// <summary>The other settings by their distance from the one that the study names, the nearest first; left out where it names none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MatchEntry>? Matches { get; init; }

    public static StudyEntry Of(StoredStudy study, IReadOnlyList<TrialResult> results) => Of(study, results, StudySummary.From(results));

    /// <param name="results">The trials that are counted.</param>
    /// <param name="summary">The same put together, in the order that is wanted.</param>
    public static StudyEntry Of(StoredStudy study, IReadOnlyList<TrialResult> results, StudySummary summary)
    {
        int Count(params TrialState[] states) => results.Count(x => states.Contains(x.State));
        return new(study.Name, study.Question, study.Workload, study.Target, results.Count, Count(TrialState.Complete),
            Count(TrialState.Diverged), Count(TrialState.Failed), Count(TrialState.Waiting, TrialState.Running),
            [.. summary.Settings.Select(setting => SettingEntry.Of(setting, HeldOut.Of(results)))])
        {
            Matches = StoredResults.Match(study) is { } match && SettingMatch.Find(StudySummary.From(results), match) is { } found
                ? [.. found.Others.Select(one => new MatchEntry(one.Setting.Label, SampleEntry.Of(one.Accuracy), one.Difference, one.StandardError,
                    Math.Abs(one.Difference) <= match.Within))] : null,
        };
    }
}

/// <param name="TrainAccuracy">After the last step.</param>
/// <param name="Difference">From that of the setting which the study names.</param>
sealed record MatchEntry(string Label, SampleEntry TrainAccuracy, double Difference, double? StandardError, bool IsMatch);

/// <param name="AlreadyDone">Trials that had a result before the run.</param>
/// <param name="Ended">Trials that ended during the run.</param>
/// <param name="Report">The report's file; null where none was written.</param>
sealed record RunEntry(int AlreadyDone, int Ended, int Failed, bool IsCancelled, string? Report);
