using Descent.App.Output;
using Descent.App.Results;
using Descent.Studies.Charts;
using Descent.Studies.Comparisons;
using Descent.Studies.Definition;
using Descent.Studies.Protocols;
using Descent.Studies.Results;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;

namespace Descent.App.Commands;

/// <summary>Runs what is missing of a protocol: the baselines that fix the targets, then on each workload the tuning and the comparison of what it chose.</summary>
/// <param name="run">Runs one study and gives its exit code.</param>
sealed class ProtocolRun(Invocation invocation, Func<StudyDefinition, int> run)
{
    public int Run(ProtocolDefinition protocol)
    {
        int code = FixTargets(ref protocol);
        foreach (string workload in protocol.Workloads)
        {
            code = code == ExitCode.Success ? RunBoth(protocol, workload) : code;
        }

        if (code == ExitCode.Success)
        {
            using var store = Store();
            Write(invocation, StoredProtocol.Compare(store, protocol.Name, ComparisonRequest.UsualDelta));
        }

        return code;
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

    /// <summary>All targets before anything is tuned. A target that is stored stays as it is.</summary>
    int FixTargets(ref ProtocolDefinition protocol)
    {
        if (protocol.Baselines is not { } baselines)
        {
            return ExitCode.Success;
        }

        foreach (string workload in baselines.Workloads)
        {
            double? target = Stored(protocol.Tuning(workload).Name)?.Target;
            if (target is null || Stored(baselines.StudyOf(workload)) is null)
            {
                int code = RunBoth(baselines, workload);
                if (code != ExitCode.Success)
                {
                    return code;
                }

                target = Fix(protocol, workload, BaselineTarget.Of(workload, Trials(baselines.StudyOf(workload))));
            }

            protocol = protocol.At(workload, target.Value);
        }

        return ExitCode.Success;
    }

    /// <summary>The tuning study keeps it, from before its first trial.</summary>
    double Fix(ProtocolDefinition protocol, string workload, BaselineTarget target)
    {
        var tuning = protocol.At(workload, target.Value).Tuning(workload);
        using var store = Store();
        store.Save(tuning, tuning.Expand());
        invocation.Say($"\nThe target on {workload} is fixed: {Numbers.Significant(100 * target.Value, 6)} % validation accuracy, what the best baseline, {target.Baseline}, reaches in the median of "
            + $"{target.Seeds} seeds.\n");
        return target.Value;
    }

    int RunBoth(ProtocolDefinition protocol, string workload)
    {
        var tuning = protocol.Tuning(workload);
        int code = run(tuning);
        return code == ExitCode.Success ? run(protocol.Compared(workload, Trials(tuning.Name))) : code;
    }

    StoredStudy? Stored(string study)
    {
        if (!File.Exists(invocation.StorePath()))
        {
            return null;
        }

        using var store = Store();
        return store.Study(study);
    }

    IReadOnlyList<TrialResult> Trials(string study)
    {
        using var store = Store();
        return StoredResults.Trials(store, store.Require(study));
    }

    SqliteStudyStore Store() => SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
}
