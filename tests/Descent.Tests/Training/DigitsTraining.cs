using Descent.Data;
using Descent.Layers;
using Descent.Optimizers;
using Descent.Tensors.Kernels;
using Descent.Training;
using Descent.Workloads;

namespace Descent.Tests.Training;

/// <summary>Trainings on the digits that tests compare with each other.</summary>
static class DigitsTraining
{
    static readonly DataSet Digits = DataCatalog.Find("digits").Load(new DataFolder("unused"));

    public static TrainingData Data { get; } = TrainingData.Of(Digits, DataSplit.Draw(Digits, splitSeed: 0));

    public static TrainingSettings Settings { get; } = new()
    {
        Model = WorkloadCatalog.Find("digits-mlp").CreateModel(),
        Optimizer = new Adam(),
        Initialization = InitializationCatalog.Parse("pytorch"),
        BatchSize = 32,
        Epochs = 3,
    };

    /// <summary>Runs a training from the start, or from a checkpoint, and returns what it told.</summary>
    public static (TrainingOutcome Outcome, RecordingObserver Told) Run(TrainingSettings settings, int threads = 1, string precision = "float32",
        Checkpoint? from = null, Func<long, bool>? isCheckpointDue = null, CancellationTokenSource? source = null,
        Action<EvaluationProgress>? evaluating = null)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var run = TrainingRun.Create(settings, Data, precision, executor, TimeProvider.System);
        if (from is not null)
        {
            run.Restore(from);
        }

        var told = new RecordingObserver(isCheckpointDue ?? (_ => false)) { Evaluating = evaluating ?? (_ => { }) };
        return (run.Run(told, source?.Token ?? CancellationToken.None), told);
    }
}
