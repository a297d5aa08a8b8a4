namespace Descent.Schedules;

/// <summary>A schedule: what the learning rate, the weight decay or the momentum is multiplied by, as a function of the step. A record whose
/// constructor's parameters are the hyperparameters, each with default and range, marked with <see cref="ScheduleAttribute"/>.</summary>
public interface ISchedule : ICatalogRecord
{
    /// <summary>How long the linear warmup before the schedule is where nobody says: see <see cref="LengthAttribute"/>.</summary>
    double DefaultWarmup => 0;

    /// <summary>The factor at step <paramref name="t"/>, finite and at least 0. Behind the end of the schedule it keeps its last value.</summary>
    /// <param name="t">Steps since the warmup's end, 0 for the first; epochs where the schedule moves once an epoch.</param>
    /// <param name="span">How long the training is, in the same unit.</param>
    double Factor(long t, ScheduleSpan span);
}

/// <summary>The time that a schedule has, in its unit.</summary>
/// <param name="Length">From the warmup's end to the end of the training; at least 1.</param>
/// <param name="Warmup">Before it; 0 without.</param>
public readonly record struct ScheduleSpan(double Length, double Warmup = 0);
