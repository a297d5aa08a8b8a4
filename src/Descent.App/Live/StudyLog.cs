using Descent.App.Output;
using Descent.Studies.Running;

namespace Descent.App.Live;

/// <summary>Where nothing can be painted: every minute a line of the study and one of each trial in flight, until it is disposed of.</summary>
sealed class StudyLog : IDisposable
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    readonly RunProgress progress;
    readonly TextWriter output;
    readonly ITimer timer;

    public StudyLog(RunProgress progress, Terminal terminal)
    {
        (this.progress, output) = (progress, terminal.Out);
        timer = terminal.Time.CreateTimer(_ => Write(), null, Interval, Interval);
    }

    public void Dispose() => timer.Dispose();

    void Write()
    {
        var now = progress.Snapshot();
        string[] study = [$"after {Format.Duration(now.Elapsed.TotalSeconds)}: {TrialText.Counts(now)}", TrialText.Left(now.Remaining)];
        // One call, so that the lines of trials that end meanwhile do not come in between.
        output.Write(string.Concat(now.InFlight.Select(Line).Prepend(Joined(study)).Select(line => line + output.NewLine)));
    }

    static string Line(TrialProgress trial) => $"  {TrialText.Name(trial.Trial)}: " + Joined(
        [$"epoch {trial.Epoch}", TrialText.Doing(trial), TrialText.Accuracy(trial), TrialText.Pace(trial), TrialText.Left(trial.Remaining)]);

    static string Joined(IEnumerable<string> parts) => string.Join(", ", parts.Where(part => part.Length > 0));
}
