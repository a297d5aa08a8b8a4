using Descent.Studies.Definition;
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
    readonly List<double> clippedNorm = [];
    readonly List<double> meanNorm = [];
    readonly bool isScheduled, isClipped, measuresParameters;
    readonly List<EpochRecord> epochs = [];
    readonly List<GaugeReading> readings = [];
    readonly StudyDefinition study;
    readonly TrialSettings trial;
    readonly BestEpoch best = new();
    Checkpoint? newBest;
    bool isBest;
    long firstStep;
    long lastRecord;
    long lastCheckpoint;
    TimeSpan checkpointDuration;

    public TrialRecorder(RunContext context, TrialClaim claim, StudyDefinition study, ProcessorShares.Share clock, TrialProgress progress,
        long stepsPerEpoch)
    {
        (this.context, this.claim, this.study, this.clock) = (context, claim, study, clock);
        (this.progress, this.stepsPerEpoch) = (progress, stepsPerEpoch);
        // The store does not know where a user's own data lie.
        trial = claim.Previous.Settings with { Problem = study.Workload.Problem };
        isScheduled = claim.Previous.Settings.Schedules.LearningRate.Count > 0;
        isClipped = claim.Previous.Settings.Clip.Count > 0;
        measuresParameters = StudyEvaluation.MeasuresParameters(claim.Previous.Settings.Evaluation);
        foreach (var epoch in context.Store.Epochs(claim.TrialId).Where(epoch => epoch.Step <= progress.FirstStep))
        {
            _ = best.Offer(epoch);
        }

        firstStep = progress.FirstStep + 1;
        lastRecord = lastCheckpoint = context.Time.GetTimestamp();
    }

    /// <summary>Told the number of each epoch that was evaluated.</summary>
    public Action<int> Evaluated { get; init; } = _ => { };

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

        if (isClipped)
        {
            clippedNorm.Add(step.ClippedGradientNorm);
        }

        if (measuresParameters)
        {
            meanNorm.Add(step.MeanGradientNorm);
        }

        progress.Tell(step);
        if (loss.Count >= MostPoints || context.Time.GetElapsedTime(lastRecord) >= context.Options.RecordInterval)
        {
            Record();
        }
    }

    public void OnEpoch(in EpochRecord epoch)
    {
        epochs.Add(epoch);
        progress.Tell(epoch);
        Evaluated(epoch.Epoch);
    }

    public void OnGauge(GaugeReading reading)
    {
        readings.Add(reading);
        progress.Tell(reading);
    }

    public void OnEvaluation(in EvaluationProgress evaluation) => progress.Tell(evaluation);

    public bool WantsState => study.FinalCheckpoint == FinalCheckpoint.State;

    public bool AreWeightsDue(in EpochRecord epoch)
    {
        isBest = study.FinalCheckpoint != FinalCheckpoint.Delete && best.Offer(epoch);
        return isBest || study.Checkpoints.Contains(epoch.Epoch);
    }

    /// <summary>The best until now waits in memory for the next checkpoint: what is on the disk then never knows more than that checkpoint.</summary>
    public void OnWeights(in EpochRecord epoch, Checkpoint weights)
    {
        newBest = isBest ? weights : newBest;
        if (study.Checkpoints.Contains(epoch.Epoch))
        {
            Write(context.Checkpoints.EpochFile(claim.TrialId, epoch.Epoch), weights);
        }
    }

    public bool IsCheckpointDue(long step, bool isEpochEnd)
    {
        var elapsed = context.Time.GetElapsedTime(lastCheckpoint);
        return elapsed >= CheckpointShare * checkpointDuration
            && elapsed >= (isEpochEnd ? context.Options.EpochCheckpointInterval : context.Options.CheckpointInterval);
    }

    public void OnCheckpoint(Checkpoint checkpoint)
    {
        Finish();
        long start = context.Time.GetTimestamp();
        RecordingFailedException.Guard(() => context.Checkpoints.Write(trial, checkpoint));
        lastCheckpoint = context.Time.GetTimestamp();
        checkpointDuration = context.Time.GetElapsedTime(start, lastCheckpoint);
    }

    /// <summary>Stores all that waits: points, and the parameters of the best epoch.</summary>
    /// <exception cref="ClaimLostException">Somebody else runs the trial now.</exception>
    /// <exception cref="RecordingFailedException">The store or the disk does not take them.</exception>
    public void Finish()
    {
        Record();
        if (newBest is not null)
        {
            Write(context.Checkpoints.BestFile(claim.TrialId), newBest);
            newBest = null;
        }
    }

    void Write(string file, Checkpoint weights) =>
        RecordingFailedException.Guard(() => CheckpointFolder.WriteWeights(file, trial, weights));

    /// <summary>Stores all points that wait.</summary>
    /// <exception cref="ClaimLostException">Somebody else runs the trial now.</exception>
    /// <exception cref="RecordingFailedException">The store does not take them.</exception>
    void Record()
    {
        var points = new TrialPoints(firstStep, loss.ToArray(), gradientNorm.ToArray(), [.. epochs], stepsPerEpoch)
        {
            LearningRate = learningRate.ToArray(),
            ClippedGradientNorm = clippedNorm.ToArray(),
            MeanGradientNorm = meanNorm.ToArray(),
            Gauges = [.. readings],
        };
        RecordingFailedException.Guard(() => context.Store.Record(claim, points, clock.Take()));
        firstStep += loss.Count;
        loss.Clear();
        gradientNorm.Clear();
        learningRate.Clear();
        clippedNorm.Clear();
        meanNorm.Clear();
        epochs.Clear();
        readings.Clear();
        lastRecord = context.Time.GetTimestamp();
    }
}
