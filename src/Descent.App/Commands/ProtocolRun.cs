using Descent.App.Output;
using Descent.App.Results;
using Descent.Studies.Comparisons;
using Descent.Studies.Definition;
using Descent.Studies.Protocols;
using Descent.Studies.Results;
using Descent.Studies.Storage;

namespace Descent.App.Commands;

/// <summary>Runs what is missing of a protocol: on each workload the tuning, then the comparison of what it chose.</summary>
static class ProtocolRun
{
    /// <param name="run">Runs one study and gives its exit code.</param>
    public static int Run(Invocation invocation, ProtocolDefinition protocol, Func<StudyDefinition, int> run)
    {
        foreach (string workload in protocol.Workloads)
        {
            var tuning = protocol.Tuning(workload);
            int code = run(tuning);
            code = code == ExitCode.Success ? run(protocol.Compared(workload, Tuned(invocation, tuning.Name))) : code;
            if (code != ExitCode.Success)
            {
                return code;
            }
        }

        using var store = SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
        Write(invocation, StoredProtocol.Compare(store, protocol.Name, ComparisonRequest.UsualDelta));
        return ExitCode.Success;
    }

    /// <summary>The first stage of each workload; the second is of the same kind.</summary>
    /// <param name="plan">Prints the plan of one study.</param>
    public static int Plan(Invocation invocation, ProtocolDefinition protocol, Func<StudyDefinition, int> plan)
    {
        foreach (string workload in protocol.Workloads)
        {
            _ = plan(protocol.Tuning(workload));
            invocation.Say($"Then {protocol.Labels.Count * protocol.Seeds.Count} such trials: the best of each optimizer at {protocol.Seeds.Count} seeds of their own.\n");
        }

        return ExitCode.Success;
    }

    public static void Write(Invocation invocation, ProtocolComparison comparison)
    {
        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, ProtocolEntry.Of(comparison));
            return;
        }

        foreach (var section in ProtocolPage.Of(comparison))
        {
            SectionText.Write(section, invocation.Terminal);
        }
    }

    static IReadOnlyList<Studies.Statistics.TrialResult> Tuned(Invocation invocation, string study)
    {
        using var store = SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
        return StoredResults.Trials(store, store.Require(study));
    }
}
