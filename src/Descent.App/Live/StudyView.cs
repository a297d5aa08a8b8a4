using Descent.App.Output;
using Descent.Studies.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Descent.App.Live;

/// <summary>Draws a study that runs: what is done and left, and a bar for each trial in flight.</summary>
static class StudyView
{
    const int NarrowestBar = 8, WidestBar = 30, LinesBeside = 4;

    /// <summary>Columns of a trial's line beside its name and its bar.</summary>
    const int BesideName = 50;

    public static IRenderable Draw(string study, RunSnapshot now, Terminal terminal)
    {
        var (width, height) = terminal.Size();
        var trials = now.InFlight.Take(Math.Max(1, height - LinesBeside)).ToList();
        int longest = trials.Select(x => Name(x).Length).DefaultIfEmpty().Max();
        int nameWidth = Math.Clamp(width - BesideName - NarrowestBar, 10, Math.Max(10, longest));
        int barWidth = Math.Clamp(width - BesideName - nameWidth, NarrowestBar, WidestBar);
        return new Rows(
        [
            new ScreenLine($" {study}: {now.Done} of {now.Total} trials done, {now.InFlight.Count} in flight, "
                + $"{now.Total - now.Done - now.InFlight.Count} waiting", Decoration.Bold),
            new ScreenLine($" {Bar.Draw(Fraction(now), nameWidth + barWidth + 2)} {100 * Fraction(now),3:F0} %  {Left(now)}"),
            .. trials.Select(trial => new ScreenLine(Describe(trial, nameWidth, barWidth))),
        ]);
    }

    /// <summary>Of all trials of the study, those in flight by their steps.</summary>
    static double Fraction(RunSnapshot now) => now.Total == 0 ? 1 : (now.Done + now.InFlight.Sum(Fraction)) / now.Total;

    static double Fraction(TrialProgress trial) => trial.TotalSteps == 0 ? 1 : (double)trial.Step / trial.TotalSteps;

    static string Describe(TrialProgress trial, int nameWidth, int barWidth)
    {
        string name = Name(trial);
        string shown = name.Length <= nameWidth ? name.PadRight(nameWidth) : $"{name[..(nameWidth - 1)]}…";
        string accuracy = double.IsNaN(trial.TestAccuracy) ? "" : $"test {Format.Percent(trial.TestAccuracy)}";
        string loss = double.IsNaN(trial.Loss) ? "" : $"loss {Format.Number(trial.Loss)}";
        double fraction = Fraction(trial);
        return $" {shown}  {Bar.Draw(fraction, barWidth)} {100 * fraction,3:F0} %  epoch {trial.Epoch,-3} {loss,-15}{accuracy}";
    }

    /// <summary>The seed before the settings: these may be cut off.</summary>
    static string Name(TrialProgress trial) =>
        $"{trial.Trial.Label} seed {trial.Trial.Settings.Seed} {Format.Settings(trial.Trial.Told)}".TrimEnd();

    static string Left(RunSnapshot now) => now.Remaining is { } left ? $"{Format.Duration(left.TotalSeconds)} left" : "";
}
