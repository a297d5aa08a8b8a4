using Descent.App.Commands;
using Descent.App.Output;
using Descent.App.Results;
using Descent.Studies;
using Descent.Studies.Comparisons.Sections;
using Descent.Studies.Definition;
using Descent.Studies.Results;
using Descent.Studies.Running;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;

namespace Descent.App.Live;

/// <summary>What <c>run</c> prints before, while and after a study runs.</summary>
/// <param name="stop">What may end it early.</param>
/// <param name="reportPath">Where the HTML report goes; null for none.</param>
sealed class StudyRunReport(Invocation invocation, IStudyStore store, StudyDefinition study, RunProgress progress, RunStop stop, string? reportPath)
{
    readonly TextWriter output = invocation.Terminal.Out;

    public void Begin()
    {
        if (!invocation.IsJson && !invocation.IsQuiet)
        {
            Painter.WriteText(invocation.Terminal, $"{study.Name}: {study.Question}".TrimEnd(' ', ':'));
            output.WriteLine();
            Warn();
        }

        if (!invocation.IsLive && (invocation.IsJson || !invocation.IsQuiet))
        {
            progress.TrialEnded += OnEnded;
        }
    }

    /// <summary>Where trials are drawn while they run, those that fail or diverge are told as they end; the others are in the table.</summary>
    /// <param name="say">Writes a line; called one at a time.</param>
    public void TellMishaps(Action<string> say) => progress.TrialEnded += ended =>
    {
        if (ended.State is TrialState.Failed or TrialState.Diverged && Line(ended) is { } line)
        {
            say(line);
        }
    };

    public void End(RunSummary run)
    {
        var stored = store.Study(study.Name)!;
        var results = StoredResults.Trials(store, stored);
        if (!invocation.IsJson)
        {
            if (!invocation.IsLive && !invocation.IsQuiet && run.Ended.Count > 0)
            {
                output.WriteLine();
            }

            var summary = StudySummary.From(results);
            StudyTable.Write(summary, StoredResults.Target(stored), invocation.Terminal);
            StudyPage.WriteBeside(stored, summary, invocation.Terminal);
        }

        string? report = results.Any(trial => trial.IsResult) ? reportPath : null;
        if (report is not null)
        {
            ReportFile.Write(store, stored, report, invocation.Terminal.Time);
        }

        if (invocation.IsJson)
        {
            var entry = new RunEntry(run.AlreadyDone, run.Ended.Count, run.Failed, run.IsCancelled, report);
            Json.WriteLine(output, StudyEntry.Of(stored, results) with { Run = entry });
        }
        else if (report is not null)
        {
            output.WriteLine();
            output.WriteLine($"Report: {report}");
        }

        if (invocation.Get(invocation.Shared.Verbose))
        {
            foreach (var failed in run.Ended.Where(trial => trial.Failure is not null))
            {
                invocation.Terminal.Error.WriteLine($"{failed.Trial.Describe()}: {failed.Failure}");
            }
        }

        if (run.Failed > 0)
        {
            invocation.Terminal.Error.WriteLine($"{run.Failed} of {run.Total} trials {(run.Failed == 1 ? "has" : "have")} failed; the same command with "
                + "--retry-failed tries again.");
        }

        if (run.IsCancelled)
        {
            invocation.Terminal.Error.WriteLine(stop.Ending);
        }
    }

    /// <summary>What may make the comparison untrue is said before its time is spent.</summary>
    void Warn()
    {
        var open = StoredComparison.Findings(study).Where(finding => !finding.IsWaived).ToList();
        foreach (var finding in open)
        {
            Painter.WriteText(invocation.Terminal, $"{ConfoundsSection.Word(finding)} {finding.Rule.Code}: {finding.Seen}");
        }

        if (open.Count > 0)
        {
            output.WriteLine();
        }
    }

    /// <summary>Called one at a time.</summary>
    void OnEnded(EndedTrial ended)
    {
        if (!invocation.IsJson)
        {
            if (Line(ended) is { } line)
            {
                output.WriteLine(line);
            }
        }
        else if (Result(ended) is { } result)
        {
            Json.WriteLine(output, TrialEntry.Of(result));
        }
    }

    string? Line(EndedTrial ended) => Result(ended) is { } result && progress.Snapshot() is var now ? TrialLine.Of(result, now.Done, now.Total) : null;

    /// <summary>Null where it has not ended, or is no longer stored.</summary>
    TrialResult? Result(EndedTrial ended) => ended.State is TrialState.Waiting or TrialState.Running || store.Trial(ended.Trial.Id) is not { } trial ? null
        : StoredResults.Trial(store, store.Study(study.Name)!, new StudyTrial(ended.Trial.Label, ended.Trial.Told, trial));
}
