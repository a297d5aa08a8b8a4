using Descent.App.Output;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Descent.App.Live;

/// <summary>Draws a study that runs: what is done and left, and a bar for each trial in flight.</summary>
sealed class StudyView(string study, IReadOnlyList<PlannedTrial> trials, Terminal terminal)
{
    const int NarrowestBar = 8, WidestBar = 30, LinesBeside = 4;

    /// <summary>Columns of a trial's line beside its name and its bar.</summary>
    const int BesideName = 50;

    // Of all trials, so that the bars stay where they are while trials come and go.
    readonly int longest = trials.Max(trial => Name(trial).Length);

    public IRenderable Draw(RunSnapshot now)
    {
        var (width, height) = terminal.Size();
        int nameWidth = Math.Clamp(width - BesideName - NarrowestBar, 10, Math.Max(10, longest));
        int barWidth = Math.Clamp(width - BesideName - nameWidth, NarrowestBar, WidestBar);
        return new Rows(
        [
            new ScreenLine($" {study}: {now.Done} of {now.Total} trials done, {now.InFlight.Count} in flight, "
                + $"{now.Total - now.Done - now.InFlight.Count} waiting", Decoration.Bold),
            new ScreenLine($" {Bar.Draw(Fraction(now), nameWidth + barWidth + 2)} {100 * Fraction(now),3:F0} %  {Left(now)}"),
            .. now.InFlight.Take(Math.Max(1, height - LinesBeside)).Select(trial => new ScreenLine(Describe(trial, nameWidth, barWidth))),
        ]);
    }

    /// <summary>Of all trials of the study, those in flight by their steps.</summary>
    static double Fraction(RunSnapshot now) => now.Total == 0 ? 1 : (now.Done + now.InFlight.Sum(Fraction)) / now.Total;

    static double Fraction(TrialProgress trial) => trial.TotalSteps == 0 ? 1 : (double)trial.Step / trial.TotalSteps;

    static string Describe(TrialProgress trial, int nameWidth, int barWidth)
    {
        string name = Name(trial.Trial);
        string shown = name.Length <= nameWidth ? name.PadRight(nameWidth) : $"{name[..(nameWidth - 1)]}…";
        string accuracy = double.IsNaN(trial.TestAccuracy) ? "" : $"test {Format.Percent(trial.TestAccuracy)}";
        string loss = !double.IsNaN(trial.Evaluated) ? $"measuring {100 * trial.Evaluated,2:F0} %"
            : double.IsNaN(trial.Loss) ? "" : $"loss {Format.Number(trial.Loss)}";
        double fraction = Fraction(trial);
        return $" {shown}  {Bar.Draw(fraction, barWidth)} {100 * fraction,3:F0} %  epoch {trial.Epoch,-3} {loss,-15}{accuracy}";
    }

    /// <summary>The seed before the settings: these may be cut off.</summary>
    static string Name(PlannedTrial trial) => $"{trial.Label} seed {trial.Settings.Seed} {Format.Settings(trial.Told)}".TrimEnd();

    static string Left(RunSnapshot now) => now.Remaining is { } left ? $"{Format.Duration(left.TotalSeconds)} left" : "";
}
