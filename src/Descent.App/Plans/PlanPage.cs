using Descent.App.Output;
using Descent.Studies.Running;
using Descent.Studies.Storage;
using Descent.Tensors.Kernels;

namespace Descent.App.Plans;

/// <summary>What <c>run --dry-run</c> prints.</summary>
/// <param name="Seconds">Estimate for what is missing.</param>
sealed record PlanPage(StudyPlan Plan, double Seconds)
{
    const int SampleBatches = 4, SampleImages = 200;

    /// <summary>Trains for a second to see how long the rest takes.</summary>
    public static PlanPage Of(StudyPlan plan, WorkloadTrainings trainings, TimeProvider time)
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var run = trainings.CreateSample(plan.Study.Expand()[0].Settings, executor, SampleBatches, SampleImages);
        double each = TrainingSample.Take(run, time).Seconds(plan.StepsPerTrial, plan.BatchesPerEpoch,
            plan.TrainImages + plan.Study.ValidationCount + plan.TestImages);
        return new(plan, (plan.Trials - plan.Done) * each / plan.Workers);
    }

    /// <summary>The plan, looked up in a store that is not made where it is missing.</summary>
    public static PlanPage Of(Func<IStudyStore?, StudyPlan> plan, string storePath, WorkloadTrainings trainings, TimeProvider time)
    {
        using var store = File.Exists(storePath) ? SqliteStudyStore.Open(storePath, time) : null;
        return Of(plan(store), trainings, time);
    }

    public void Write(Terminal terminal) => new FactSheet()
        .Add("Study", $"{Plan.Study.Name} on {Plan.Study.Workload.Name}")
        .Add("Trials", $"{Format.Count(Plan.Trials)}: {Format.Count(Plan.Trials / Plan.Study.Seeds.Count)} settings × "
            + $"{Plan.Study.Seeds.Count} seeds; {Format.Count(Plan.Done)} done, "
            + $"{(Plan.HalfDone > 0 ? $"{Format.Count(Plan.HalfDone)} begun, " : "")}{Format.Count(Plan.Trials - Plan.Done)} to run")
        .Add("Each trial", $"{Format.Count(Plan.StepsPerTrial)} steps, {Format.Count(Plan.BatchesPerEpoch)} batches an epoch, "
            + $"effective batch {BatchText.Of(Plan.Study.BatchSize, Plan.Study.PhysicalBatch)}")
        .Add("Images", $"{Format.Count(Plan.TrainImages)} to train, {Format.Count(Plan.TestImages)} to test")
        .Add("Model", $"{Format.Count(Plan.Parameters)} parameters")
        .Add("Side by side", $"{Plan.Workers} {(Plan.Workers == 1 ? "trial" : "trials")}")
        .Add("Time", $"about {Format.Duration(Seconds)}")
        .Add("Memory", $"about {Format.Bytes(Plan.MemoryBytes)} beside the program itself")
        .Add("Disk", $"about {Format.Bytes(Plan.DiskBytes)}")
        .Write(terminal);

    public object ToJson() => new Entry(Plan.Study.Name, Plan.Study.Workload.Name, Plan.Trials, Plan.Done, Plan.HalfDone,
        Plan.Study.Seeds.Count, Plan.StepsPerTrial, Plan.BatchesPerEpoch, Plan.Study.BatchSize, Math.Min(Plan.Study.PhysicalBatch ?? int.MaxValue, Plan.Study.BatchSize), Plan.TrainImages, Plan.TestImages,
        Plan.Parameters, Plan.Workers, Seconds, Plan.MemoryBytes, Plan.DiskBytes);

    sealed record Entry(string Study, string Workload, int Trials, int Done, int HalfDone, int Seeds, long StepsPerTrial,
        long BatchesPerEpoch, int EffectiveBatch, int PhysicalBatch, int TrainImages, int TestImages, long Parameters, int Workers, double EstimatedSeconds,
        long EstimatedMemoryBytes, long EstimatedDiskBytes);
}
