using Descent.Studies.Storage;
using Descent.Training;

namespace Descent.Studies.Running;

/// <summary>Stores what a trial's training tells, in pieces, and its checkpoints.</summary>
/// <remarks>Points go to the store before the checkpoint that follows them, so a checkpoint never knows more than the store. Points after
/// the newest checkpoint are told again on a resume, and replace themselves.</remarks>
sealed class TrialRecorder : ITrainingObserver
{
    // At 20,000 steps a second, a tenth of a second's points: enough to make the transaction's cost small.
    const int MostPoints = 2000;

    // A checkpoint may cost a twentieth of the time.
    const int CheckpointShare = 20;

    readonly RunContext context;
    readonly TrialClaim claim;
    readonly ProcessorShares.Share clock;
    readonly TrialProgress progress;
    readonly long stepsPerEpoch;
    readonly List<double> loss = [];
    readonly List<double> gradientNorm = [];
    readonly List<double> learningRate = [];
    readonly bool isScheduled;
    readonly List<EpochRecord> epochs = [];
    long firstStep;
    long lastRecord;
    long lastCheckpoint;
    TimeSpan checkpointDuration;

    public TrialRecorder(RunContext context, TrialClaim claim, ProcessorShares.Share clock, TrialProgress progress, long stepsPerEpoch)
    {
        (this.context, this.claim, this.clock, this.progress, this.stepsPerEpoch) = (context, claim, clock, progress, stepsPerEpoch);
        isScheduled = claim.Previous.Settings.Schedules.LearningRate.Count > 0;
        firstStep = progress.FirstStep + 1;
        lastRecord = lastCheckpoint = context.Time.GetTimestamp();
    }

    /// <summary>The last step that was told.</summary>
    public long LastStep => firstStep + loss.Count - 1;

    public void OnStep(in StepRecord step)
    {
        loss.Add(step.Loss);
        gradientNorm.Add(step.GradientNorm);
        if (isScheduled)
        {
            learningRate.Add(step.LearningRate);
        }

        (progress.Step, progress.Epoch, progress.Loss) = (step.Step, step.Epoch, step.Loss);
        if (loss.Count >= MostPoints || context.Time.GetElapsedTime(lastRecord) >= context.Options.RecordInterval)
        {
            Record();
        }
    }

    public void OnEpoch(in EpochRecord epoch)
    {
        epochs.Add(epoch);
        (progress.TestAccuracy, progress.Evaluated) = (epoch.TestAccuracy, double.NaN);
    }

    public void OnEvaluation(in EvaluationProgress evaluation) => progress.Evaluated = (double)evaluation.Images / evaluation.Total;

    public bool IsCheckpointDue(long step, bool isEpochEnd)
    {
        var elapsed = context.Time.GetElapsedTime(lastCheckpoint);
        return elapsed >= CheckpointShare * checkpointDuration
            && elapsed >= (isEpochEnd ? context.Options.EpochCheckpointInterval : context.Options.CheckpointInterval);
    }

    public void OnCheckpoint(Checkpoint checkpoint)
    {
        Record();
        long start = context.Time.GetTimestamp();
        RecordingFailedException.Guard(() => context.Checkpoints.Write(claim.Previous.Settings, checkpoint));
        lastCheckpoint = context.Time.GetTimestamp();
        checkpointDuration = context.Time.GetElapsedTime(start, lastCheckpoint);
    }

    /// <summary>Stores all points that wait.</summary>
    /// <exception cref="ClaimLostException">Somebody else runs the trial now.</exception>
    /// <exception cref="RecordingFailedException">The store does not take them.</exception>
    public void Record()
    {
        var points = new TrialPoints(firstStep, loss.ToArray(), gradientNorm.ToArray(), [.. epochs], stepsPerEpoch)
        {
            LearningRate = learningRate.ToArray(),
        };
        RecordingFailedException.Guard(() => context.Store.Record(claim, points, clock.Take()));
        firstStep += loss.Count;
        loss.Clear();
        gradientNorm.Clear();
        learningRate.Clear();
        epochs.Clear();
        lastRecord = context.Time.GetTimestamp();
    }
}
