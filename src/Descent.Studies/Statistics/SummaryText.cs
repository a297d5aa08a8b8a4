using Descent.Studies.Charts;

namespace Descent.Studies.Statistics;

/// <summary>Results in words and numbers, the same in the terminal and in the report. A dash stands for what was not measured.</summary>
public static class SummaryText
{
    public const string None = "–";
    const string NoBreak = "\u00A0";

    /// <summary><c>97.41 ± 0.12 %</c>; without a deviation when there is one value alone.</summary>
    public static string Accuracy(SampleStatistics sample) =>
        sample.Count == 0 ? None
        : sample.StandardDeviation is { } deviation
            ? $"{Numbers.Fixed(100 * sample.Mean, 2)}{NoBreak}±{NoBreak}{Numbers.Percent(deviation)}"
        : Numbers.Percent(sample.Mean);

    /// <summary>Mean and deviation without a unit, as <c>97.41 ± 0.12</c> of fractions in percent.</summary>
    /// <param name="sample">The values.</param>
    /// <param name="unit">What a value is multiplied by: 100 for percent.</param>
    public static string Sample(SampleStatistics sample, double unit)
    {
        return sample.Count == 0 ? None
            : sample.StandardDeviation is { } deviation ? $"{Number(unit * sample.Mean)}{NoBreak}±{NoBreak}{Number(unit * deviation)}"
            : Number(unit * sample.Mean);

        string Number(double value) => unit == 1 ? Numbers.Significant(value) : Numbers.Fixed(value, 2);
    }

    /// <summary>A number to two decimals, without a unit.</summary>
    public static string Plain(double? value) => value is { } number && double.IsFinite(number) ? Numbers.Fixed(number, 2) : None;

    /// <summary>In lower case; a dash where nothing can be said.</summary>
    public static string Verdict(StabilityVerdict verdict) => verdict == StabilityVerdict.Unknown ? None : verdict.ToString().ToLowerInvariant();

    /// <summary><c>97.41 %</c>.</summary>
    public static string Accuracy(double? fraction) => fraction is { } value && double.IsFinite(value) ? Numbers.Percent(value) : None;

    /// <summary>Steps, or the median of steps, which may lie halfway between two.</summary>
    public static string Steps(double? steps) => steps is not { } value ? None : Numbers.Fixed(value, value == Math.Floor(value) ? 0 : 1);

    /// <summary>Epochs to two decimals at most.</summary>
    public static string Epochs(double? epochs) => epochs is not { } value ? None : Numbers.Significant(Math.Round(value, 2), 6);

    /// <summary><c>3 of 3</c>.</summary>
    public static string Reached(TargetSummary target) => target.Of == 0 ? None : $"{target.Reached} of {target.Of}".Replace(" ", NoBreak);

    public static string Seconds(double? seconds) => seconds is { } value && double.IsFinite(value) ? Numbers.Duration(value) : None;

    public static string Seconds(SampleStatistics sample) => Seconds(sample.Count == 0 ? null : sample.Mean);

    /// <summary><c>complete</c>, <c>diverged at step 412</c>, <c>failed: The disk is full.</c></summary>
    public static string State(TrialResult trial)
    {
        string state = trial.State.ToString().ToLowerInvariant();
        bool isStopped = trial.State is TrialState.Diverged or TrialState.Pruned;
        string at = isStopped && trial.StoppedAtStep is { } step ? $" at step {Numbers.Fixed(step, 0)}" : "";
        string skipped = trial.SkippedSteps > 0 ? $", {Numbers.Fixed(trial.SkippedSteps, 0)} steps skipped" : "";
        return state + at + skipped + (trial.Reason is { Length: > 0 } reason ? $": {reason}" : "");
    }

    /// <summary>The target's value as it stands in headings: <c>95 %</c>.</summary>
    public static string Value(StudyTarget target) =>
        MetricName.IsFraction(target.Metric)
            ? Numbers.Significant(100 * target.Value, 6) + NoBreak + "%"
            : Numbers.Significant(target.Value, 6);

    /// <summary><c>learning_rate 0.1, momentum 0.9</c>.</summary>
    public static string Settings(IEnumerable<Setting> settings) =>
        string.Join(", ", settings.Select(setting => $"{setting.Name} {setting.Value}"));

    /// <summary>The first characters of a trial's id, enough to find it.</summary>
    public static string ShortId(TrialResult trial) => trial.Id[..Math.Min(8, trial.Id.Length)];
}
