using Descent.Studies.Definition;

namespace Descent.Studies.Running;

/// <summary>How far a trial in flight is. Written by its thread, read by any.</summary>
public sealed class TrialProgress
{
    long step;
    int epoch;
    double loss = double.NaN;
    double testAccuracy = double.NaN;
    double evaluated = double.NaN;

    internal TrialProgress(PlannedTrial trial, long firstStep, long totalSteps) =>
        (Trial, FirstStep, step, TotalSteps) = (trial, firstStep, firstStep, totalSteps);

    public PlannedTrial Trial { get; }

    /// <summary>Steps that were taken before this process took it up.</summary>
    public long FirstStep { get; }

    public long TotalSteps { get; }

    public long Step { get => Volatile.Read(ref step); internal set => Volatile.Write(ref step, value); }

    /// <summary>The epoch of the last step; 0 before the first.</summary>
    public int Epoch { get => Volatile.Read(ref epoch); internal set => Volatile.Write(ref epoch, value); }

    /// <summary>Of the last step's batch; NaN before the first.</summary>
    public double Loss { get => Volatile.Read(ref loss); internal set => Volatile.Write(ref loss, value); }

    /// <summary>How much of an evaluation is done, in [0, 1]; NaN while it trains.</summary>
    public double Evaluated { get => Volatile.Read(ref evaluated); internal set => Volatile.Write(ref evaluated, value); }

    /// <summary>Of the last evaluation, in [0, 1]; NaN where none was made yet.</summary>
    public double TestAccuracy { get => Volatile.Read(ref testAccuracy); internal set => Volatile.Write(ref testAccuracy, value); }
}
