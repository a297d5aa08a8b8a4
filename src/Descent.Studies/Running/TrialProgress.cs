using Descent.Studies.Definition;
using Descent.Training;

namespace Descent.Studies.Running;

/// <summary>How far a trial in flight is. Written by its thread, read by any.</summary>
public sealed class TrialProgress
{
    readonly TimeProvider time;
    readonly long start;
    long step;
    int epoch;
    double loss = double.NaN;
    double testAccuracy = double.NaN;
    double evaluated = double.NaN;
    long lastStep;
    long timedSteps;
    long timedTicks;

    internal TrialProgress(PlannedTrial trial, long firstStep, long totalSteps, TimeProvider time)
    {
        (Trial, FirstStep, step, TotalSteps, this.time) = (trial, firstStep, firstStep, totalSteps, time);
        start = time.GetTimestamp();
    }

    public PlannedTrial Trial { get; }

    /// <summary>Steps that were taken before this process took it up.</summary>
    public long FirstStep { get; }

    public long TotalSteps { get; }

    public long Step { get => Volatile.Read(ref step); internal set => Volatile.Write(ref step, value); }

    /// <summary>Of all its steps, those that are taken, in [0, 1].</summary>
    public double Fraction => TotalSteps == 0 ? 1 : (double)Step / TotalSteps;

    /// <summary>The epoch of the last step; 0 before the first.</summary>
    public int Epoch { get => Volatile.Read(ref epoch); internal set => Volatile.Write(ref epoch, value); }

    /// <summary>Of the last step's batch; NaN before the first.</summary>
    public double Loss { get => Volatile.Read(ref loss); internal set => Volatile.Write(ref loss, value); }

    /// <summary>How much of an evaluation is done, in [0, 1]; NaN while it trains.</summary>
    public double Evaluated { get => Volatile.Read(ref evaluated); internal set => Volatile.Write(ref evaluated, value); }

    /// <summary>Of the last evaluation, in [0, 1]; NaN where none was made yet.</summary>
    public double TestAccuracy { get => Volatile.Read(ref testAccuracy); internal set => Volatile.Write(ref testAccuracy, value); }

    /// <summary>Images trained on in a second, evaluations left out; null before the second step.</summary>
    public double? ImagesPerSecond => Volatile.Read(ref timedTicks) is > 0 and var ticks
        ? Volatile.Read(ref timedSteps) * (double)Trial.Settings.BatchSize * time.TimestampFrequency / ticks : null;

    /// <summary>How long it still takes at its pace until now, evaluations among it; null before its first step.</summary>
    public TimeSpan? Remaining => Step - FirstStep is > 0 and var taken ? time.GetElapsedTime(start) * ((double)(TotalSteps - Step) / taken) : null;

    /// <summary>A step was taken.</summary>
    internal void Tell(in StepRecord now)
    {
        long timestamp = time.GetTimestamp();
        // The first step after a start or an evaluation is not timed: it also records its graph, or has waited.
        if (lastStep > 0)
        {
            Volatile.Write(ref timedTicks, timedTicks + timestamp - lastStep);
            Volatile.Write(ref timedSteps, timedSteps + 1);
        }

        lastStep = timestamp;
        (Step, Epoch, Loss) = (now.Step, now.Epoch, now.Loss);
    }

    /// <summary>An evaluation goes on.</summary>
    internal void Tell(in EvaluationProgress now) => (lastStep, Evaluated) = (0, (double)now.Images / now.Total);

    /// <summary>A gauge has read, which is no part of a step.</summary>
    internal void Tell(GaugeReading now) => (lastStep, Step) = (0, now.Step);

    /// <summary>An evaluation has ended.</summary>
    internal void Tell(in EpochRecord now) => (lastStep, TestAccuracy, Evaluated) = (0, now.TestAccuracy, double.NaN);
}
