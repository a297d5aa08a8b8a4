using System.Globalization;
using Descent.Studies;
using Descent.Studies.Statistics;

namespace Descent.App.Output;

/// <summary>The results of a study for people: one line a setting, mean ± standard deviation over its seeds, and what went wrong.</summary>
/// <remarks>Steps and epochs to the target are medians over all seeds; seeds are those that reached it, of those that ended.</remarks>
static class StudyTable
{
    const int WidestName = 40;

    public static void Write(StudySummary summary, StudyTarget? target, Terminal terminal, HeldOut? heldOut = null)
    {
        TextColumn[] toTarget = target is null ? [] : [new("steps", ColumnKind.Number), new("epochs", ColumnKind.Number), new("seeds", ColumnKind.Number)];
        var table = new LineTable("Settings", [new("Optimizer"), new("final", ColumnKind.Number), new("best", ColumnKind.Number), .. toTarget,
            new("Seconds", ColumnKind.Number), new("Stability")]);
        heldOut ??= HeldOut.Of(summary.Settings.SelectMany(setting => setting.Trials));
        foreach (var setting in summary.Settings)
        {
            _ = table.Row(Format.Settings(setting.Settings), [Cut(setting.Optimizer), Accuracy(setting.FinalTestAccuracy), Accuracy(setting.BestTestAccuracy),
                .. target is null ? [] : ToTarget(setting.Target), Format.Seconds(setting.Seconds.Count == 0 ? null : setting.Seconds.Mean),
                SummaryText.Verdict(Stability.Of(setting.Trials, heldOut).Verdict)]);
        }

        var above = (1, $"Test {summary.Metric}, %");
        table.Write(terminal, target is null ? [above] : [above, (3, string.Create(CultureInfo.InvariantCulture, $"To {100 * target.Value:0.##} %"))]);
        WriteNotes(summary, terminal);
    }

    static IEnumerable<string> ToTarget(TargetSummary target) =>
    [
        target.MedianSteps is { } steps ? Format.Count((long)Math.Round(steps)) : Format.Nothing, target.MedianEpochs is { } epochs ? Format.Fixed(epochs, 1) : Format.Nothing,
        $"{target.Reached}/{target.Of}",
    ];

    /// <summary>97.95 ± 0.11 in percent; without a spread where there is one value.</summary>
    static string Accuracy(SampleStatistics accuracy) => accuracy.Count == 0 ? Format.Nothing
        : accuracy.StandardDeviation is { } deviation
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * accuracy.Mean:F2} ± {100 * deviation:F2}")
            : string.Create(CultureInfo.InvariantCulture, $"{100 * accuracy.Mean:F2}");

    static string Cut(string name) => name.Length <= WidestName ? name : $"{name[..(WidestName - 1)]}…";

    static void WriteNotes(StudySummary summary, Terminal terminal)
    {
        var trials = summary.Settings.SelectMany(setting => setting.Trials.Select(trial => (Name: $"{setting.Label} seed {trial.Seed}",
            trial))).ToList();
        foreach (var (name, trial) in trials.Where(x => x.trial.State == TrialState.Diverged))
        {
            terminal.Out.WriteLine($" {name} diverged at step {trial.StoppedAtStep}.");
        }

        foreach (var (name, trial) in trials.Where(x => x.trial.SkippedSteps > 0))
        {
            terminal.Out.WriteLine($" {name} skipped {Format.Count(trial.SkippedSteps)} steps whose loss or gradient was not finite.");
        }

        foreach (var (name, trial) in trials.Where(x => x.trial.State == TrialState.Failed))
        {
            terminal.Out.WriteLine($" {name} failed: {trial.Reason}");
        }

        int left = trials.Count(x => x.trial.State is TrialState.Waiting or TrialState.Running);
        if (left > 0)
        {
            terminal.Out.WriteLine($" {left} of {trials.Count} trials have not ended; the table is of the others.");
        }
    }
}
