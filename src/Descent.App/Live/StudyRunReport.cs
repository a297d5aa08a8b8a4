using Descent.App.Commands;
using Descent.App.Output;
using Descent.Studies;
using Descent.Studies.Definition;
using Descent.Studies.Results;
using Descent.Studies.Running;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;

namespace Descent.App.Live;

/// <summary>What <c>run</c> prints before, while and after a study runs.</summary>
sealed class StudyRunReport(Invocation invocation, IStudyStore store, StudyDefinition study)
{
    readonly TextWriter output = invocation.Terminal.Out;
    readonly HashSet<string> told = [];
    int done;

    public void Begin(IReadOnlyList<PlannedTrial> trials)
    {
        if (invocation.IsJson || invocation.IsQuiet)
        {
            return;
        }

        done = store.Trials(study.Name).Count(x => x.Trial.IsResult);
        output.WriteLine($"{study.Name}: {study.Question}".TrimEnd(' ', ':'));
        output.WriteLine();
    }

    /// <summary>Called one at a time.</summary>
    public void OnEnded(EndedTrial ended, int total)
    {
        bool isOver = ended.State is not (TrialState.Waiting or TrialState.Running);
        done += isOver ? 1 : 0;
        if (!isOver || invocation.IsLive || (invocation.IsQuiet && !invocation.IsJson))
        {
            return;
        }

        var trial = store.Trials(study.Name).Single(x => x.Trial.Id == ended.Trial.Id);
        var result = StoredResults.Summary(store, store.Study(study.Name)!, trial);
        if (invocation.IsJson)
        {
            Json.WriteLine(output, TrialEntry.Of(result));
        }
        else
        {
            output.WriteLine(TrialLine.Of(result, done, total));
        }
    }

    public void End(RunSummary run)
    {
        var stored = store.Study(study.Name)!;
        var results = StoredResults.Summaries(store, stored);
        if (invocation.IsJson)
        {
            Json.WriteLine(output, StudyEntry.Of(stored, results) with { Run = new(run.AlreadyDone, run.Ended.Count, run.IsCancelled, null) });
            return;
        }

        StudyTable.Write(StudySummary.From(results), StoredResults.Target(stored), invocation.Terminal);
        if (run.IsCancelled)
        {
            invocation.Terminal.Error.WriteLine("Cancelled; everything until now is stored. The same command goes on.");
        }
    }
}
