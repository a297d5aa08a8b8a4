using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Tuning;

namespace Descent.Studies.Comparisons;

/// <summary>What an optimizer costs to tune.</summary>
/// <param name="Label">The optimizer's.</param>
/// <param name="Curve">The best mean held-out accuracy after k of its settings.</param>
/// <param name="Width">The learning rates within δ of the best; null where one was tried.</param>
/// <param name="Within">The share of its settings within δ of its best.</param>
/// <param name="Diverged">The share of its settings of which a trial diverged.</param>
public sealed record TuningCost(string Label, IReadOnlyList<BestAfterTrials> Curve, LearningRateWidth? Width, double Within, double Diverged)
{
    const string Rate = "learning_rate";

    /// <summary>Of each optimizer of a study.</summary>
    public static IReadOnlyList<TuningCost> OfTrials(IReadOnlyList<TrialResult> trials, HeldOut chosenBy, double delta) =>
        [.. StudySummary.From(trials).Settings.GroupBy(setting => setting.Optimizer).Select(same => Of(same.Key, [.. same], chosenBy, delta))];

    /// <param name="label">The optimizer's.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="chosenBy">The images that score them.</param>
    /// <param name="delta">Differences smaller than this do not matter.</param>
    public static TuningCost Of(string label, IReadOnlyList<SettingSummary> settings, HeldOut chosenBy, double delta)
    {
        var scores = settings.Where(setting => setting.Trials.Any(trial => trial.IsResult)).Select(setting => (setting, Score: Score(setting, chosenBy))).ToList();
        double best = scores.Select(x => x.Score).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
        var rates = scores.Select(x => (Rate: TrialKeys.Number(TrialKeys.Value(x.setting.Trials[0], Rate)) ?? double.NaN, x.Score)).Where(x => !double.IsNaN(x.Rate));
        return new(label, BestAfterTrials.Curve([.. scores.Select(x => x.Score)]), LearningRateWidth.Of(rates, delta),
            (double)scores.Count(x => x.Score >= best - delta) / Math.Max(1, scores.Count),
            (double)scores.Count(x => x.setting.In(TrialState.Diverged).Any()) / Math.Max(1, scores.Count));
    }

    /// <summary>NaN where a trial of the setting diverged: its mean would speak of the others alone.</summary>
    static double Score(SettingSummary setting, HeldOut chosenBy) =>
        setting.In(TrialState.Diverged).Any() || chosenBy.FinalAccuracy(setting.Trials) is not { Count: > 0 } sample ? double.NaN : sample.Mean;
}
