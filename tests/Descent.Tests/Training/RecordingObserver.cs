using Descent.Training;

namespace Descent.Tests.Training;

/// <summary>Keeps everything that a training tells.</summary>
sealed class RecordingObserver(Func<long, bool> isCheckpointDue) : ITrainingObserver
{
    public List<StepRecord> Steps { get; } = [];

    public List<EpochRecord> Epochs { get; } = [];

    public List<EvaluationProgress> Evaluations { get; } = [];

    /// <summary>Called with each progress of an evaluation.</summary>
    public Action<EvaluationProgress> Evaluating { get; init; } = _ => { };

    public List<Checkpoint> Checkpoints { get; } = [];

    /// <summary>The parameters of every evaluation.</summary>
    public List<Checkpoint> Weights { get; } = [];

    /// <summary>The epochs without their clock readings.</summary>
    public IEnumerable<EpochRecord> EpochNumbers => Epochs.Select(epoch => epoch with { Seconds = 0 });

    public List<GaugeReading> Readings { get; } = [];

    public void OnGauge(GaugeReading reading) => Readings.Add(reading);

    public void OnStep(in StepRecord step) => Steps.Add(step);

    public void OnEpoch(in EpochRecord epoch) => Epochs.Add(epoch);

    public void OnEvaluation(in EvaluationProgress progress)
    {
        Evaluations.Add(progress);
        Evaluating(progress);
    }

    public bool AreWeightsDue(in EpochRecord epoch) => true;

    public void OnWeights(in EpochRecord epoch, Checkpoint weights) => Weights.Add(weights);

    public bool IsCheckpointDue(long step, bool isEpochEnd) => isCheckpointDue(step);

    public void OnCheckpoint(Checkpoint checkpoint) => Checkpoints.Add(checkpoint);
}
