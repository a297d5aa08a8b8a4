using Descent.App.Output;
using Descent.Studies.Definition;
using Descent.Studies.Protocols;
using Descent.Studies.Running;
using Descent.Studies.Storage;

namespace Descent.App.Plans;

/// <summary>What <c>run --dry-run</c> prints of a protocol: its stages on every workload, in their order.</summary>
sealed record ProtocolPlanPage(string Protocol, IReadOnlyList<ProtocolStage> Stages)
{
    /// <summary>Trains each workload for a second to see how long the rest takes.</summary>
    public static ProtocolPlanPage Of(ProtocolDefinition protocol, WorkloadTrainings trainings, RunOptions options, string storePath, TimeProvider time)
    {
        using var store = File.Exists(storePath) ? SqliteStudyStore.Open(storePath, time) : null;
        var samples = new Dictionary<string, TrainingSample>();
        return new(protocol.Name, [.. (protocol.Baselines is { } baselines ? Both(baselines, "targets, tuning", "targets, seeds") : []).Concat(Both(protocol, "tuning", "comparison"))]);

        IEnumerable<ProtocolStage> Both(ProtocolDefinition part, string first, string second) => part.Workloads.SelectMany(workload =>
            (ProtocolStage[])[Stage(workload, first, part.Tuning(workload)), Stage(workload, second, part.StandIn(workload))]);

        ProtocolStage Stage(string workload, string name, StudyDefinition study)
        {
            // The settings of a comparison are not known before the tuning: what the store has of it counts by its name.
            int done = store?.Trials(study.Name).Count(trial => trial.Trial.IsFinal) ?? 0;
            var plan = StudyPlan.Of(study, trainings, null, options);
            var sample = samples.TryGetValue(workload, out var known) ? known : samples[workload] = PlanPage.Sample(study, trainings, time);
            double share = 1 - ((double)done / plan.Trials);
            return new(workload, name, plan.Trials, done, plan.Workers, share * sample.Seconds(plan.Missing) / plan.Workers, plan.MemoryBytes, (long)(share * plan.DiskBytes));
        }
    }

    public void Write(Terminal terminal)
    {
        var table = new TextTable(new("Workload", ColumnKind.Name), new("Stage", ColumnKind.Name), new("Trials", ColumnKind.Number), new("Done", ColumnKind.Number),
            new("Side by side", ColumnKind.Number), new("Time", ColumnKind.Number), new("Memory", ColumnKind.Number));
        foreach (var x in Stages)
        {
            _ = table.Row(x.Workload, x.Stage, Format.Count(x.Trials), Format.Count(x.Done), $"{x.Workers}", Format.Duration(x.EstimatedSeconds), Format.Bytes(x.EstimatedMemoryBytes));
        }

        table.Write(terminal);
        terminal.Out.WriteLine();
        new FactSheet().Add("Protocol", Protocol)
            .Add("Trials", $"{Format.Count(Stages.Sum(x => x.Trials))}: {Format.Count(Stages.Sum(x => x.Done))} done, {Format.Count(Stages.Sum(x => x.Trials - x.Done))} to run")
            .Add("Time", $"about {Format.Duration(Stages.Sum(x => x.EstimatedSeconds))}")
            .Add("Memory", $"about {Format.Bytes(Stages.Max(x => x.EstimatedMemoryBytes))} beside the program itself")
            .Add("Disk", $"about {Format.Bytes(Stages.Sum(x => x.EstimatedDiskBytes))}").Write(terminal);
    }

    public object ToJson() => new Entry(Protocol, Stages, Stages.Sum(x => x.Trials), Stages.Sum(x => x.Done), Stages.Sum(x => x.EstimatedSeconds), Stages.Max(x => x.EstimatedMemoryBytes),
        Stages.Sum(x => x.EstimatedDiskBytes));

    sealed record Entry(string Protocol, IReadOnlyList<ProtocolStage> Stages, int Trials, int Done, double EstimatedSeconds, long EstimatedMemoryBytes, long EstimatedDiskBytes);
}

/// <param name="Stage">Tuning or comparison, of the baselines that fix targets or of the protocol itself.</param>
/// <param name="Workers">Trials side by side.</param>
/// <param name="EstimatedSeconds">Of what is missing.</param>
sealed record ProtocolStage(string Workload, string Stage, int Trials, int Done, int Workers, double EstimatedSeconds, long EstimatedMemoryBytes, long EstimatedDiskBytes);
