using Descent.Data;
using Descent.Models;
using Descent.Studies.Definition;
using Descent.Studies.Storage;
using Descent.Training;
using Descent.Workloads;

namespace Descent.Studies.Running;

/// <summary>What running a study would do.</summary>
public sealed record StudyPlan
{
    // Losses and gradient norms as doubles; rows of evaluations with their index.
    const long BytesOfAStep = 2 * sizeof(double), BytesOfAnEvaluation = 100;

    public required StudyDefinition Study { get; init; }

    public required int Trials { get; init; }

    /// <summary>Trials that have a result already.</summary>
    public required int Done { get; init; }

    /// <summary>Trials that would go on from a checkpoint.</summary>
    public required int HalfDone { get; init; }

    /// <summary>Images of the training split.</summary>
    public required int TrainImages { get; init; }

    public required int TestImages { get; init; }

    /// <summary>Batches of an epoch; the last may be smaller.</summary>
    public required long BatchesPerEpoch { get; init; }

    public required long StepsPerTrial { get; init; }

    /// <summary>Numbers that the model trains.</summary>
    public required long Parameters { get; init; }

    /// <summary>Trials side by side.</summary>
    public required int Workers { get; init; }

    /// <summary>Estimate: images once, and for each worker parameters, gradients, the optimizer's state, and every layer's output with its
    /// gradient for one batch.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Estimate of what the missing trials add: points, the checkpoints of those in flight, and the parameters that are
    /// kept.</summary>
    public required long DiskBytes { get; init; }

    /// <summary>Looks at everything that running would look at, and changes nothing.</summary>
    /// <param name="study">The study.</param>
    /// <param name="trainings">The data.</param>
    /// <param name="store">Where results would be; null where there is no store yet.</param>
    /// <param name="options">How it would be run.</param>
    /// <exception cref="BadInputException">Data are missing or do not go with the settings.</exception>
    public static StudyPlan Of(StudyDefinition study, WorkloadTrainings trainings, IStudyStore? store, RunOptions options)
    {
        var trials = study.Expand();
        var stored = trials.Select(trial => store?.Trial(trial.Id)).ToList();
        var checkpoints = store is null ? null : CheckpointFolder.Beside(store.Location);
        int done = stored.Count(trial => trial is { IsResult: true });
        var (data, settings) = (trainings.Data(trials[0].Settings), trainings.SettingsOf(trials[0].Settings));
        trainings.Check(trials[0].Settings);
        long batches = Batches(trials[0].Settings, data.Train.Count);
        long steps = settings.Steps ?? (settings.Epochs * batches);
        long element = study.Precision == "float64" ? sizeof(double) : sizeof(float), parameters = settings.Model.ParameterCount;
        int workers = Math.Min(options.Workers, Math.Max(1, trials.Count - done));
        int states = trials.Max(trial => trainings.SettingsOf(trial.Settings).Optimizer.States.Count);
        int more = trials.Max(trial =>
            (trial.Settings.Schedules.LearningRate.Count > 0 ? 1 : 0) + (trial.Settings.Clip.Count > 0 ? 1 : 0));
        long points = (steps * (BytesOfAStep + (more * sizeof(double)))) + (((steps / batches) + 2) * BytesOfAnEvaluation);
        int kept = study.Checkpoints.Count + (study.FinalCheckpoint != FinalCheckpoint.Keep ? 0 : study.ValidationCount > 0 ? 2 : 1);
        long final = kept * parameters * element;
        return new()
        {
            Study = study,
            Trials = trials.Count,
            Done = done,
            HalfDone = stored.Count(trial => trial is { IsResult: false } && checkpoints!.Files(trial.Id).Count > 0),
            TrainImages = data.Train.Count,
            TestImages = data.Test.Count,
            BatchesPerEpoch = batches,
            StepsPerTrial = steps,
            Parameters = parameters,
            Workers = workers,
            MemoryBytes = ImageBytes(data)
                + (workers * element * ((parameters * (2 + states)) + Activations(settings.Model, settings.PhysicalBatch ?? settings.BatchSize))),
            DiskBytes = ((trials.Count - done) * (points + final)) + (workers * 2 * parameters * element * (1 + states)),
        };
    }

    /// <summary>Steps of a trial, by the catalog's sizes of its data.</summary>
    public static long Steps(TrialSettings trial) => trial.Steps ?? (trial.Epochs!.Value * Batches(trial, TrainingImages(trial)));

    static long Batches(TrialSettings trial, int images) => BatchOrder.CountBatches(WorkloadTrainings.Order(trial.Order), images, trial.BatchSize);

    /// <summary>Images to train on, by the catalog's sizes.</summary>
    internal static int TrainingImages(TrialSettings trial)
    {
        var set = DataCatalog.Find(WorkloadCatalog.Find(trial.Workload).DataSet);
        return trial.Data is { } data && DataSelection.Parse(data) is { First: { } first, Last: { } last } ? last - first + 1
            : set.TrainCount - set.DrawnTestCount - trial.ValidationCount;
    }

    static long ImageBytes(TrainingData data) => new[] { data.Train, data.Validation, data.Test }.Select(part => part.Images).Distinct()
        .Sum(images => (long)images.Count * images.Shape.Length);

    static long Activations(Model model, int batchSize) => 2L * batchSize * model.Activations;
}
