namespace Descent.Studies.Storage;

/// <summary>The right to write a trial's results, until somebody else claims it.</summary>
/// <param name="TrialId">The trial.</param>
/// <param name="Fence">Counts the claims of the trial; the store refuses all but the newest.</param>
/// <param name="Previous">What was stored before this claim.</param>
public sealed record TrialClaim(string TrialId, long Fence, StoredTrial Previous);

/// <summary>Somebody else has claimed the trial since: whatever this claim was going to write is theirs to write now.</summary>
public sealed class ClaimLostException : Exception
{
    public ClaimLostException() { }

    public ClaimLostException(string message) : base(message) { }

    public ClaimLostException(string message, Exception innerException) : base(message, innerException) { }
}
