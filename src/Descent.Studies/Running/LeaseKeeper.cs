using Descent.Studies.Storage;

namespace Descent.Studies.Running;

/// <summary>Prolongs the leases of the trials in flight, from a timer's thread, and stops the trials whose claim was lost.</summary>
sealed class LeaseKeeper : IDisposable
{
    // Three signs may go missing before a lease ends.
    const int SignsInALease = 4;

    readonly IStudyStore store;
    readonly TimeSpan lease;
    readonly Lock gate = new();
    readonly Dictionary<TrialClaim, CancellationTokenSource> held = [];
    readonly ITimer timer;

    public LeaseKeeper(IStudyStore store, TimeProvider time, TimeSpan lease)
    {
        (this.store, this.lease) = (store, lease);
        timer = time.CreateTimer(_ => Renew(), null, lease / SignsInALease, lease / SignsInALease);
    }

    /// <summary>Keeps a claim from now on.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="stop">Cancelled when the claim is lost.</param>
    public void Add(TrialClaim claim, CancellationTokenSource stop)
    {
        lock (gate)
        {
            held.Add(claim, stop);
        }
    }

    public void Remove(TrialClaim claim)
    {
        lock (gate)
        {
            _ = held.Remove(claim);
        }
    }

    public void Dispose() => timer.Dispose();

    void Renew()
    {
        lock (gate)
        {
            if (held.Count == 0)
            {
                return;
            }

            try
            {
                foreach (var lost in store.Renew([.. held.Keys], lease))
                {
                    held[lost].Cancel();
                }
            }
            catch (BadInputException)
            {
                // What is wrong with the store is said by the next trial that records; one sign missed does no harm.
            }
        }
    }
}
