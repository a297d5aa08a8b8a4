using Descent.Studies.Definition;

namespace Descent.Studies.Statistics;

/// <summary>How far a setting's training accuracy after the last step, the mean over its complete seeds, lies from that of the setting which it is held
/// against.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Accuracy">Of it.</param>
/// <param name="Difference">Its mean minus the other's.</param>
/// <param name="StandardError">Of the difference, √(s₁²/n₁ + s₂²/n₂); null where one of them has a single seed.</param>
public sealed record SettingMatch(SettingSummary Setting, SampleStatistics Accuracy, double Difference, double? StandardError)
{
    /// <summary>The setting that the others are held against, with the others, the nearest first; null while there is nothing to compare.</summary>
    public static (SettingMatch To, IReadOnlyList<SettingMatch> Others)? Find(StudySummary summary, StudyMatch match)
    {
        var measured = summary.Settings.Select(setting => (Setting: setting, Accuracy: Final(setting))).Where(one => one.Accuracy.Count > 0).ToList();
        int place = measured.FindIndex(one => one.Setting.Optimizer == match.To);
        if (place < 0 || measured.Count < 2)
        {
            return null;
        }

        var to = measured[place];
        measured.RemoveAt(place);
        return (new(to.Setting, to.Accuracy, 0, null), [.. measured.Select(one => new SettingMatch(one.Setting, one.Accuracy,
            one.Accuracy.Mean - to.Accuracy.Mean, Error(one.Accuracy, to.Accuracy))).OrderBy(one => Math.Abs(one.Difference))]);
    }

    static SampleStatistics Final(SettingSummary setting) => SampleStatistics.Of(setting.In(TrialState.Complete)
        .Where(trial => trial.Epochs.Count > 0).Select(trial => trial.Epochs[^1].TrainAccuracy).Where(double.IsFinite));

    static double? Error(SampleStatistics one, SampleStatistics other) =>
        one.StandardDeviation is { } s && other.StandardDeviation is { } t ? Math.Sqrt((s * s / one.Count) + (t * t / other.Count)) : null;
}
