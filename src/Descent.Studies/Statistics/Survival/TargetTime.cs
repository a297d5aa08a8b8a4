namespace Descent.Studies.Statistics.Survival;

/// <summary>When a training met its target, or until when it is known not to have.</summary>
/// <param name="Time">On whatever clock.</param>
/// <param name="Outcome">What happened then.</param>
public readonly record struct TargetTime(double Time, TargetOutcome Outcome);

/// <summary>How a training stood to its target.</summary>
public enum TargetOutcome
{
    /// <summary>An evaluation met it.</summary>
    Reached,

    /// <summary>The budget ended before: the time is censored. No number takes its place.</summary>
    Missed,

    /// <summary>It diverged before, and will never reach it: a competing outcome.</summary>
    Diverged,
}
