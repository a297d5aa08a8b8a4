using Descent.App.Output;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Descent.App.Live;

/// <summary>Draws a study that runs: what is done and left, and a line with a bar for each trial in flight.</summary>
sealed class StudyView(string study, IReadOnlyList<PlannedTrial> trials, Terminal terminal)
{
    const int NarrowestBar = 8, WidestBar = 30, NarrowestName = 10, LinesBeside = 4;

    /// <summary>Columns of a trial's line beside its name and its bar; then those of its time left and of its pace, where there is room.</summary>
    const int BesideName = 50, TimeLeft = 17, Pace = 18;

    // Of all trials, so that the bars stay where they are while trials come and go.
    readonly int longest = trials.Max(trial => TrialText.Name(trial).Length);

    /// <param name="notice">What is to be known beside it; null for nothing.</param>
    public IRenderable Draw(RunSnapshot now, string? notice = null)
    {
        var (width, height) = terminal.Size();
        int room = width - BesideName - NarrowestBar - NarrowestName;
        int more = room >= TimeLeft + Pace ? TimeLeft + Pace : room >= TimeLeft ? TimeLeft : 0;
        int nameWidth = Math.Clamp(room - more + NarrowestName, NarrowestName, Math.Max(NarrowestName, longest));
        int barWidth = Math.Clamp(room - more + NarrowestName - nameWidth + NarrowestBar, NarrowestBar, WidestBar);
        return new Rows(
        [
            new ScreenLine($" {study}: {TrialText.Counts(now)}", Decoration.Bold),
            new ScreenLine($" {Bar.Draw(Fraction(now), nameWidth + barWidth + 2)} {100 * Fraction(now),3:F0} %  {notice ?? TrialText.Left(now.Remaining)}"),
            .. now.InFlight.Take(Math.Max(1, height - LinesBeside)).Select(trial => new ScreenLine(Describe(trial, nameWidth, barWidth, more))),
        ]);
    }

    /// <summary>Of all trials of the study, those in flight by their steps.</summary>
    static double Fraction(RunSnapshot now) => now.Total == 0 ? 1 : (now.Done + now.InFlight.Sum(trial => trial.Fraction)) / now.Total;

    static string Describe(TrialProgress trial, int nameWidth, int barWidth, int more)
    {
        string name = TrialText.Name(trial.Trial);
        string shown = name.Length <= nameWidth ? name.PadRight(nameWidth) : $"{name[..(nameWidth - 1)]}…";
        string line = $" {shown}  {Bar.Draw(trial.Fraction, barWidth)} {100 * trial.Fraction,3:F0} %  epoch {trial.Epoch,-3} {TrialText.Doing(trial),-15}"
            + $"{TrialText.Accuracy(trial),-13}";
        return line + (more > TimeLeft ? $"{TrialText.Pace(trial),Pace}" : "") + (more > 0 ? $"{TrialText.Left(trial.Remaining),TimeLeft}" : "");
    }
}
