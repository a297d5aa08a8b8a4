namespace Descent.Training;

/// <summary>Is told what a training measures, in order, on the training's own thread.</summary>
public interface ITrainingObserver
{
    void OnStep(in StepRecord step);

    void OnEpoch(in EpochRecord epoch);

    /// <summary>Told while whole splits are measured, some times a second where they are large.</summary>
    void OnEvaluation(in EvaluationProgress progress)
    {
    }

    /// <summary>Told what a gauge read after a step, or before the first one, after the step itself was told.</summary>
    void OnGauge(GaugeReading reading)
    {
    }

    /// <summary>Asked after every step and every epoch: should a checkpoint be taken now?</summary>
    bool IsCheckpointDue(long step, bool isEpochEnd) => false;

    /// <summary>Asked once after every evaluation: should the parameters that were measured be given?</summary>
    bool AreWeightsDue(in EpochRecord epoch) => false;

    /// <summary>Whether the parameters that are due come with the optimizer's state.</summary>
    bool WantsState => false;

    /// <summary>Gets the parameters that were due, see <see cref="ITrainingRun.TakeWeights"/>.</summary>
    void OnWeights(in EpochRecord epoch, Checkpoint weights)
    {
    }

    /// <summary>Gets the checkpoint that was due; all records up to it have been told before.</summary>
    void OnCheckpoint(Checkpoint checkpoint)
    {
    }
}
