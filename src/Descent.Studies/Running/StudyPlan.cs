using Descent.Optimizers;
using Descent.Studies.Definition;
using Descent.Studies.Storage;

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

    /// <summary>Trials that failed in an earlier run and would be left alone.</summary>
    public required int Failed { get; init; }

    /// <summary>Trials that would go on from a checkpoint.</summary>
    public required int HalfDone { get; init; }

    /// <summary>Images of the training split.</summary>
    public required int TrainImages { get; init; }

    public required int TestImages { get; init; }

    /// <summary>How the trials take their steps; one where all have batches of one size and one budget, the smallest batch first.</summary>
    public required IReadOnlyList<PlannedSteps> Steps { get; init; }

    /// <summary>What is missing.</summary>
    public required StudySize Missing { get; init; }

    /// <summary>Numbers that the model trains.</summary>
    public required long Parameters { get; init; }

    /// <summary>Trials side by side.</summary>
    public required int Workers { get; init; }

    /// <summary>Estimate: images once, and what the largest trials take that run side by side.</summary>
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
        int done = stored.Count(trial => trial is not null && IsDone(trial));
        var (data, settings) = (trainings.Data(trials[0].Settings), trainings.SettingsOf(trials[0].Settings));
        trainings.Check(trials[0].Settings);
        long element = study.Precision == "float64" ? sizeof(double) : sizeof(float), parameters = settings.Model.ParameterCount;
        var missing = trials.Zip(stored).Where(x => !(x.Second is { } one && IsDone(one)) && !IsLeftAlone(x.Second)).Select(x => x.First.Settings).ToList();
        var memory = new MemoryBudget(options.MemoryBytes, trainings, missing);
        var needs = missing.Select(memory.Need).OrderDescending().ToList();
        int workers = Math.Max(1, Math.Min(options.Workers, memory.MostSideBySide));
        long states = trials.Max(trial => OptimizerMemory.StateNumbers(trainings.SettingsOf(trial.Settings).Optimizer, settings.Model.Parameters));
        int kept = study.Checkpoints.Count + (study.FinalCheckpoint == FinalCheckpoint.Delete ? 0 : study.ValidationCount > 0 ? 2 : 1);
        return new()
        {
            Study = study,
            Trials = trials.Count,
            Done = done,
            Failed = stored.Count(IsLeftAlone),
            HalfDone = stored.Count(trial => trial is { IsResult: false } && checkpoints!.Files(trial.Id).Count > 0),
            TrainImages = data.Train.Count,
            TestImages = data.Test.Count,
            Steps = PlannedSteps.Of(trials, data.Train.Count),
            Missing = StudySize.Of(study.Halving?.Shortened(trials, missing) ?? missing),
            Parameters = parameters,
            Workers = workers,
            MemoryBytes = memory.SharedBytes + needs.Take(workers).Sum(),
            DiskBytes = missing.Sum(trial => PointBytes(trial, data.Train.Count) + (kept * (parameters + (study.FinalCheckpoint == FinalCheckpoint.State ? states : 0)) * element)) + (workers * 2 * element * (parameters + states)),
        };

        bool IsDone(StoredTrial trial) => study.Halving is null ? trial.IsFinal : trial.IsResult;

        bool IsLeftAlone(StoredTrial? trial) => trial is { State: TrialState.Failed } && !options.RetriesFailed;
    }

    static long PointBytes(TrialSettings trial, int images)
    {
        int more = (trial.Schedules.LearningRate.Count > 0 ? 1 : 0) + (trial.Clip.Count > 0 ? 1 : 0);
        var steps = PlannedSteps.Of(trial, images);
        return (steps.Steps * (BytesOfAStep + (more * sizeof(double)))) + (((steps.Steps / steps.BatchesPerEpoch) + 2) * BytesOfAnEvaluation);
    }
}
