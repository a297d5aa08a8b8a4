using Descent.Studies.Statistics;

namespace Descent.Studies.Comparisons;

/// <summary>Chooses among the settings of an optimizer.</summary>
public static class SettingChoice
{
    /// <summary>The one with the highest mean held-out accuracy after the last step among those of which the fewest trials did not complete: a mean without its diverged
    /// seeds is too good.</summary>
    public static SettingSummary Best(IEnumerable<SettingSummary> candidates, HeldOut chosenBy) => candidates
        .OrderBy(setting => setting.Trials.Count(trial => trial.State != TrialState.Complete))
        .ThenByDescending(setting => chosenBy.FinalAccuracy(setting.Trials) is { Count: > 0 } sample ? sample.Mean : double.NegativeInfinity).First();
}
