namespace Descent.Studies;

/// <summary>Where a trial stands. Diverged is a result, failed is an error; the first two are not ended yet.</summary>
public enum TrialState
{
    Waiting,
    Running,

    /// <summary>Trained to the end of its budget.</summary>
    Complete,

    /// <summary>Stopped early by the study because it was not promising.</summary>
    Pruned,

    /// <summary>Ended by a loss that was not finite.</summary>
    Diverged,

    /// <summary>Ended by an error that has nothing to do with the optimizer.</summary>
    Failed,
}
