using Descent.Training;

namespace Descent.App.Live;

/// <summary>What is known of a training while it runs: told by the training's thread, read by any.</summary>
sealed class TrainingProgress(ITrainingRun run, int batchSize, TimeProvider time) : ITrainingObserver
{
    readonly Lock gate = new();
    readonly Pace pace = new(time);
    readonly Curve loss = new();
    readonly List<EpochRecord> epochs = [];
    readonly Dictionary<string, GaugeCost> gauges = [];
    StepRecord step;
    long since = time.GetTimestamp();
    double trainingSeconds;
    EvaluationProgress? evaluation;

    /// <summary>The evaluations so far.</summary>
    public IReadOnlyList<EpochRecord> Epochs
    {
        get
        {
            lock (gate)
            {
                return [.. epochs];
            }
        }
    }

    /// <summary>The last step; its number is 0 before the first.</summary>
    public StepRecord LastStep
    {
        get
        {
            lock (gate)
            {
                return step;
            }
        }
    }

    public void OnStep(in StepRecord step)
    {
        lock (gate)
        {
            this.step = step;
            loss.Add(step.Loss);
            trainingSeconds += time.GetElapsedTime(since).TotalSeconds;
            since = time.GetTimestamp();
        }
    }

    public void OnEpoch(in EpochRecord epoch)
    {
        lock (gate)
        {
            epochs.Add(epoch);
            evaluation = null;
            since = time.GetTimestamp();
        }
    }

    /// <summary>What the gauges took until now, by name.</summary>
    public IReadOnlyDictionary<string, GaugeCost> Gauges
    {
        get
        {
            lock (gate)
            {
                return gauges.ToDictionary();
            }
        }
    }

    public void OnGauge(GaugeReading reading)
    {
        lock (gate)
        {
            var before = gauges.GetValueOrDefault(reading.Gauge);
            gauges[reading.Gauge] = new(reading, (before?.Readings ?? 0) + 1, (before?.Seconds ?? 0) + reading.Seconds);
            since = time.GetTimestamp();
        }
    }

    public void OnEvaluation(in EvaluationProgress progress)
    {
        lock (gate)
        {
            evaluation = progress;
        }
    }

    /// <summary>Everything at this moment. Called at the beats of the display, from which the pace is measured.</summary>
    public Moment Now(int curveWidth)
    {
        lock (gate)
        {
            pace.Mark(step.Step);
            return new([.. epochs], step, loss.Draw(curveWidth), run.TotalSteps,
                (int)((run.TotalSteps + run.StepsPerEpoch - 1) / run.StepsPerEpoch),
                trainingSeconds > 0 ? step.Step * batchSize / trainingSeconds : null, pace.Seconds(run.TotalSteps - step.Step), evaluation);
        }
    }

    /// <param name="Last">The newest reading.</param>
    /// <param name="Seconds">Of all readings.</param>
    public sealed record GaugeCost(GaugeReading Last, int Readings, double Seconds);

    /// <param name="Curve">The losses of all steps so far.</param>
    /// <param name="ImagesPerSecond">Of training alone; null before the first step.</param>
    /// <param name="Evaluation">How far it is; null while it trains.</param>
    public sealed record Moment(IReadOnlyList<EpochRecord> Epochs, StepRecord Step, string Curve, long TotalSteps, int TotalEpochs,
        double? ImagesPerSecond, double? SecondsLeft, EvaluationProgress? Evaluation)
    {
        public double Fraction => TotalSteps == 0 ? 1 : (double)Step.Step / TotalSteps;
    }
}
