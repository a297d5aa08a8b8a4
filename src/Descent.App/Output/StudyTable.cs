using System.Globalization;
using Descent.Studies;
using Descent.Studies.Statistics;

namespace Descent.App.Output;

/// <summary>The results of a study for people: one line a setting, mean ± standard deviation over its seeds, and what went wrong.</summary>
/// <remarks>Steps and epochs to the target are medians over all seeds; seeds are those that reached it, of those that ended. The settings
/// end the line; where the terminal is too narrow for that, they have a line of their own below.</remarks>
static class StudyTable
{
    const int WidestName = 40;

    public static void Write(StudySummary summary, StudyTarget? target, Terminal terminal)
    {
        string goal = target is null ? "To the target" : string.Create(CultureInfo.InvariantCulture, $"To {100 * target.Value:0.##} %");
        int name = Math.Min(WidestName, summary.Settings.Select(x => x.Optimizer.Length).Append("Optimizer".Length).Max());
        string second = Line(name, "Optimizer", "final", "best", "steps", "epochs", "seeds", "Seconds");
        var texts = summary.Settings.Select(x => Format.Settings(x.Settings)).ToList();
        int widest = texts.Select(x => x.Length).Append("Settings".Length).Max();
        bool isWide = second.Length + 2 + widest <= terminal.Width;
        terminal.Out.WriteLine($" {"".PadRight(name)}  {"Test accuracy, %",-26}  {goal}");
        terminal.Out.WriteLine(isWide ? $"{second}  Settings" : second);
        terminal.Out.WriteLine($" {new string('─', second.Length - 1 + (isWide ? 2 + widest : 0))}");
        foreach (var (setting, text) in summary.Settings.Zip(texts))
        {
            string line = Line(name, setting);
            terminal.Out.WriteLine(isWide ? $"{line}  {text}".TrimEnd() : line);
            if (!isWide && text.Length > 0)
            {
                terminal.Out.WriteLine($"   {text}");
            }
        }

        WriteNotes(summary, terminal);
    }

    static string Line(int name, SettingSummary setting) => Line(name, Cut(setting.Optimizer, name),
        Accuracy(setting.FinalTestAccuracy), Accuracy(setting.BestTestAccuracy),
        setting.Target.MedianSteps is { } steps ? Format.Count((long)Math.Round(steps)) : Format.Nothing,
        setting.Target.MedianEpochs is { } epochs ? Format.Fixed(epochs, 1) : Format.Nothing,
        $"{setting.Target.Reached}/{setting.Target.Of}",
        setting.Seconds.Count == 0 ? Format.Nothing : Format.Fixed(setting.Seconds.Mean, 1));

    static string Line(int name, string optimizer, string final, string best, string steps, string epochs, string seeds, string seconds) =>
        $" {optimizer.PadRight(name)}  {final,12}  {best,12}  {steps,8}  {epochs,6}  {seeds,5}  {seconds,7}";

    /// <summary>97.95 ± 0.11 in percent; without a spread where there is one value.</summary>
    static string Accuracy(SampleStatistics accuracy) => accuracy.Count == 0 ? Format.Nothing
        : accuracy.StandardDeviation is { } deviation
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * accuracy.Mean:F2} ± {100 * deviation:F2}")
            : string.Create(CultureInfo.InvariantCulture, $"{100 * accuracy.Mean:F2}");

    static string Cut(string name, int width) => name.Length <= width ? name : $"{name[..(width - 1)]}…";

    static void WriteNotes(StudySummary summary, Terminal terminal)
    {
        var trials = summary.Settings.SelectMany(setting => setting.Trials.Select(trial => (Name: $"{setting.Label} seed {trial.Seed}",
            trial))).ToList();
        foreach (var (name, trial) in trials.Where(x => x.trial.State == TrialState.Diverged))
        {
            terminal.Out.WriteLine($" {name} diverged at step {trial.StoppedAtStep}.");
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
