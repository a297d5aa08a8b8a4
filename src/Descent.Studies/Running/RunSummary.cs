namespace Descent.Studies.Running;

/// <summary>What a run of a study did.</summary>
/// <param name="Total">Trials of the study.</param>
/// <param name="AlreadyDone">Trials that had a result before.</param>
/// <param name="Ended">Trials that ended during the run, by this process or by another.</param>
/// <param name="FailedBefore">Trials that failed in an earlier run and were left alone.</param>
/// <param name="IsCancelled">It was stopped from outside before all trials had ended.</param>
public sealed record RunSummary(int Total, int AlreadyDone, IReadOnlyList<EndedTrial> Ended, int FailedBefore, bool IsCancelled)
{
    /// <summary>Trials of the study that have failed, now or before.</summary>
    public int Failed => FailedBefore + Ended.Count(trial => trial.State == TrialState.Failed);
}
