using System.Diagnostics;
using Descent.App.Output;
using Descent.Optimizers;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Tensors.Kernels;

namespace Descent.App.Plans;

/// <summary>What a run of a study would do, for <c>--dry-run</c>.</summary>
/// <param name="Trials">Of the study.</param>
/// <param name="Done">Of these, those that have a result already.</param>
/// <param name="BatchesPerEpoch">The last, smaller one counted.</param>
/// <param name="EffectiveBatch">Images that one parameter update is made from.</param>
/// <param name="Parameters">Of one model.</param>
/// <param name="Workers">Trials side by side.</param>
/// <param name="EstimatedSeconds">Of what is missing, from a few steps of the first setting.</param>
/// <param name="EstimatedMemoryBytes">Of the whole process.</param>
/// <param name="EstimatedDiskBytes">Of the store and the checkpoints of what is missing.</param>
sealed record StudyPlan(string Study, string Workload, int Trials, int Done, int Settings, int Seeds, long StepsPerTrial, long BatchesPerEpoch,
    int EffectiveBatch, long Parameters, int Workers, double EstimatedSeconds, double EstimatedMemoryBytes, double EstimatedDiskBytes)
{
    // A step is two doubles; the rest of a trial (settings, evaluations, indices) is small.
    const double BytesPerStep = 16, BytesPerTrial = 4096;

    /// <summary>In flight, the two newest checkpoints of a trial are kept.</summary>
    const int KeptCheckpoints = 2;

    /// <param name="done">Trials that have a result already.</param>
    public static StudyPlan Of(StudyDefinition study, IReadOnlyList<PlannedTrial> trials, int done, ITrialTrainings trainings, int workers, TimeProvider time)
    {
        var first = trials[0].Settings;
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        // Reads the data, so that they are not taken for a part of the training below.
        trainings.Create(first, executor).Dispose();
        long before = Resident();
        using var run = trainings.Create(first, executor);
        var sample = TrainingSample.Take(run, time);
        double perTraining = Math.Max(0, Resident() - before);
        int missing = trials.Count - done, inFlight = Math.Min(workers, missing);
        long parameters = study.Workload.CreateModel(study.Model.ToDictionary(x => x.Name, x => x.Value)).ParameterCount;
        double seconds = missing * sample.Seconds(run.TotalSteps, run.StepsPerEpoch) / Math.Max(1, inFlight);
        int states = trials.Max(trial => States(trial.Settings)), size = first.Precision == "float64" ? sizeof(double) : sizeof(float);
        double kept = study.FinalCheckpoint == FinalCheckpoint.Keep ? (double)missing * parameters * size : 0;
        double disk = (missing * ((run.TotalSteps * BytesPerStep) + BytesPerTrial)) + kept
            + ((double)inFlight * KeptCheckpoints * parameters * (1 + states) * size);
        return new(study.Name, study.Workload.Name, trials.Count, done, trials.Count / study.Seeds.Count, study.Seeds.Count, run.TotalSteps,
            run.StepsPerEpoch, study.BatchSize, parameters, workers, seconds, before + (inFlight * perTraining), disk);
    }

    public void Write(Terminal terminal) => new FactSheet()
        .Add("Study", $"{Study} on {Workload}")
        .Add("Trials", $"{Format.Count(Trials)}: {Format.Count(Settings)} settings × {Seeds} seeds; {Format.Count(Done)} done, {Format.Count(Trials - Done)} to run")
        .Add("Each trial", $"{Format.Count(StepsPerTrial)} steps, {Format.Count(BatchesPerEpoch)} batches an epoch, effective batch {EffectiveBatch}")
        .Add("Model", $"{Format.Count(Parameters)} parameters")
        .Add("Side by side", $"{Workers} trials")
        .Add("Time", $"about {Format.Duration(EstimatedSeconds)}")
        .Add("Memory", $"about {Format.Bytes(EstimatedMemoryBytes)}")
        .Add("Disk", $"about {Format.Bytes(EstimatedDiskBytes)}")
        .Write(terminal);

    static int States(TrialSettings trial) => OptimizerCatalog.Default.Create(trial.Optimizer,
        trial.Hyperparameters.ToDictionary(x => x.Name, x => (object)x.Value)).States.Count;

    static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
