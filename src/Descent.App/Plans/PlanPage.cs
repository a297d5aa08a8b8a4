using Descent.App.Output;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Studies.Storage;
using Descent.Tensors.Kernels;

namespace Descent.App.Plans;

/// <summary>What <c>run --dry-run</c> prints.</summary>
/// <param name="Seconds">Estimate for what is missing.</param>
/// <param name="GaugeSeconds">Those of them that gauges take.</param>
sealed record PlanPage(StudyPlan Plan, double Seconds, double GaugeSeconds)
{
    const int MostLines = 6;

    const int SamplePieces = 4, SampleImages = 200;

    static readonly TimeSpan sampleLength = TimeSpan.FromSeconds(1);

    /// <summary>Trains for a second to see how long the rest takes.</summary>
    public static PlanPage Of(StudyPlan plan, WorkloadTrainings trainings, TimeProvider time)
    {
        var sample = Sample(plan.Study, trainings, time);
        return new(plan, sample.Seconds(plan.Missing) / plan.Workers, plan.Missing.GaugedImages * sample.SecondsPerImage / plan.Workers);
    }

    /// <summary>How fast the trials with the smallest batch train.</summary>
    public static TrainingSample Sample(StudyDefinition study, WorkloadTrainings trainings, TimeProvider time)
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        var trial = study.Expand().MinBy(x => x.Settings.BatchSize)!.Settings;
        using var run = trainings.CreateSample(trial, executor, SamplePieces, SampleImages);
        return TrainingSample.Take(run, trial.PhysicalBatch ?? trial.BatchSize, sampleLength, time);
    }

    /// <summary>The plan, looked up in a store that is not made where it is missing.</summary>
    public static PlanPage Of(Func<IStudyStore?, StudyPlan> plan, string storePath, WorkloadTrainings trainings, TimeProvider time)
    {
        using var store = File.Exists(storePath) ? SqliteStudyStore.Open(storePath, time) : null;
        return Of(plan(store), trainings, time);
    }

    public void Write(Terminal terminal) => new FactSheet()
        .Add("Study", $"{Plan.Study.Name} on {Plan.Study.Workload.Name}")
        .Add("Trials", $"{Format.Count(Plan.Trials)}: {Format.Count(Plan.Trials / Plan.Study.Seeds.Count, "setting", "settings")} × "
            + $"{Format.Count(Plan.Study.Seeds.Count, "seed", "seeds")}; {Format.Count(Plan.Done)} done, "
            + $"{(Plan.HalfDone > 0 ? $"{Format.Count(Plan.HalfDone)} begun, " : "")}{Format.Count(Plan.Trials - Plan.Done - Plan.Failed)} to run"
            + (Plan.Failed > 0 ? $", {Format.Count(Plan.Failed)} failed (--retry-failed)" : ""))
        .Add("Each trial", string.Join('\n', Plan.Steps.Take(MostLines).Select(Line))
            + (Plan.Steps.Count > MostLines ? $"\nand {Plan.Steps.Count - MostLines} other kinds, up to a batch of {Format.Count(Plan.Steps[^1].BatchSize)}" : ""))
        .Add("Images", $"{Format.Count(Plan.TrainImages)} to train, {Format.Count(Plan.TestImages)} to test")
        .Add("Model", $"{Format.Count(Plan.Parameters)} parameters")
        .Add("Side by side", Format.Count(Plan.Workers, "trial", "trials"))
        .Add("Time", (Seconds < 5 ? "" : "about ") + Format.Estimate(Seconds))
        .Add("Gauges", GaugeSeconds > 0 ? $"about {Format.Fixed(100 * GaugeSeconds / Seconds, 0)} % of it" : null)
        .Add("Memory", $"about {Format.Bytes(Plan.MemoryBytes)} beside the program itself")
        .Add("Disk", $"about {Format.Bytes(Plan.DiskBytes)}")
        .Write(terminal);

    string Line(PlannedSteps x) => $"{Format.Count(x.Steps, "step", "steps")}, {Format.Count(x.BatchesPerEpoch, "batch", "batches")} an epoch, "
        + $"effective batch {BatchText.Of(x.BatchSize, x.PhysicalBatch)}{(Plan.Steps.Count > 1 ? $" ({Format.Count(x.Trials, "trial", "trials")})" : "")}";

    public object ToJson() => new Entry(Plan.Study.Name, Plan.Study.Workload.Name, Plan.Trials, Plan.Done, Plan.HalfDone, Plan.Failed,
        Plan.Study.Seeds.Count, Plan.Steps[0].Steps, Plan.Steps[0].BatchesPerEpoch, Plan.Steps[0].BatchSize, Plan.Steps[0].PhysicalBatch, [.. Plan.Steps],
        Plan.TrainImages, Plan.TestImages,
        Plan.Parameters, Plan.Workers, Seconds, GaugeSeconds, Plan.MemoryBytes, Plan.DiskBytes);

    /// <param name="StepsPerTrial">Of the trials with the smallest batch, as the three after it.</param>
    /// <param name="Batches">All kinds of trials.</param>
    sealed record Entry(string Study, string Workload, int Trials, int Done, int HalfDone, int Failed, int Seeds, long StepsPerTrial,
        long BatchesPerEpoch, int EffectiveBatch, int PhysicalBatch, PlannedSteps[] Batches, int TrainImages, int TestImages, long Parameters, int Workers, double EstimatedSeconds, double EstimatedGaugeSeconds,
        long EstimatedMemoryBytes, long EstimatedDiskBytes);
}
