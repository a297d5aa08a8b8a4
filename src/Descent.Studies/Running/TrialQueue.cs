using Descent.Studies.Definition;
using Descent.Studies.Storage;

namespace Descent.Studies.Running;

/// <summary>Hands the missing trials of a study to workers, in order, and waits for those that another process runs.</summary>
sealed class TrialQueue
{
    readonly RunContext context;
    readonly Action<PlannedTrial, StoredTrial> endedElsewhere;
    readonly Lock gate = new();
    readonly List<PlannedTrial> missing;

    /// <param name="missing">The trials without a result, in order.</param>
    /// <param name="endedElsewhere">Told of each trial that another process has ended.</param>
    public TrialQueue(RunContext context, IReadOnlyList<PlannedTrial> missing, Action<PlannedTrial, StoredTrial> endedElsewhere)
    {
        (this.context, this.endedElsewhere) = (context, endedElsewhere);
        this.missing = [.. missing];
    }

    /// <summary>The next trial with its claim. Waits while all that is missing is being run by others; null when nothing is missing any
    /// more.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="BadInputException">Something is wrong with the store.</exception>
    public (PlannedTrial Trial, TrialClaim Claim)? Take(CancellationToken token)
    {
        while (true)
        {
            token.ThrowIfCancellationRequested();
            lock (gate)
            {
                if (TryTake() is { } taken)
                {
                    return taken;
                }

                if (missing.Count == 0)
                {
                    return null;
                }
            }

            Wait(token);
        }
    }

    /// <summary>Puts a trial back whose claim was lost: another process has it now.</summary>
    public void Return(PlannedTrial trial)
    {
        lock (gate)
        {
            missing.Add(trial);
        }
    }

    /// <summary>Another process has the rest; its trials may end, or its lease may. Each waiting worker has an event of its own, so that
    /// nobody takes another's signal away.</summary>
    void Wait(CancellationToken token)
    {
        // Not disposed: the timer may still fire once after its end.
        var wake = new ManualResetEventSlim();
        using var timer = context.Time.CreateTimer(_ => wake.Set(), null, context.Options.PollInterval, Timeout.InfiniteTimeSpan);
        wake.Wait(token);
    }

    (PlannedTrial, TrialClaim)? TryTake()
    {
        foreach (var trial in missing.ToList())
        {
            if (context.Store.Claim(trial.Id, TrialOwner.Current, context.EnvironmentOf(trial.Settings), context.Options.Lease) is { } claim)
            {
                _ = missing.Remove(trial);
                return (trial, claim);
            }

            var stored = context.Store.Trial(trial.Id) ?? throw new BadInputException(
                $"Trial {TrialSettings.Short(trial.Id)} was deleted from {context.Store.Location} while its study ran.");
            if (stored.IsResult)
            {
                _ = missing.Remove(trial);
                endedElsewhere(trial, stored);
            }
        }

        return null;
    }
}
