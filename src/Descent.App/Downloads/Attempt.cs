namespace Descent.App.Downloads;

/// <summary>How one attempt at one address ended.</summary>
/// <param name="End">What to do next.</param>
/// <param name="Reason">Why, for the user; empty after success.</param>
sealed record Attempt(AttemptEnd End, string Reason = "");

enum AttemptEnd
{
    /// <summary>All bytes are there.</summary>
    Complete,

    /// <summary>The address may give the rest later: a cut connection, a busy server, no network.</summary>
    Interrupted,

    /// <summary>The address is of a name that is not known: most often there is no network.</summary>
    Unresolved,

    /// <summary>The address does not have the file.</summary>
    Refused,
}
