using Descent.Studies.Definition;
using Descent.Studies.Storage;

namespace Descent.Studies.Running;

/// <summary>Hands the missing trials of a study to workers, in order and as far as memory goes, and waits for those that another process
/// runs.</summary>
sealed class TrialQueue
{
    readonly RunContext context;
    readonly Action<PlannedTrial, StoredTrial> endedElsewhere;
    readonly Func<StoredTrial, bool> isOver;
    readonly Lock gate = new();
    readonly List<PlannedTrial> missing;
    readonly MemoryBudget memory;
    readonly Dictionary<string, StoredTrial> before;
    readonly List<ManualResetEventSlim> waiting = [];

    /// <param name="missing">The trials to run, in order, as they are stored now.</param>
    /// <param name="memory">What may be used.</param>
    /// <param name="isOver">Whether nothing is left to do for a trial.</param>
    /// <param name="endedElsewhere">Told of each trial that another process has ended.</param>
    public TrialQueue(RunContext context, IReadOnlyList<(PlannedTrial Trial, StoredTrial Stored)> missing, MemoryBudget memory,
        Func<StoredTrial, bool> isOver, Action<PlannedTrial, StoredTrial> endedElsewhere)
    {
        (this.context, this.memory, this.isOver, this.endedElsewhere) = (context, memory, isOver, endedElsewhere);
        this.missing = [.. missing.Select(one => one.Trial)];
        before = missing.ToDictionary(one => one.Trial.Id, one => one.Stored);
    }

    /// <summary>The next trial with its claim; its memory is given back by <see cref="Leave"/>. Waits while nothing fits or all that is missing is
    /// being run by others; null when nothing is missing any more.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="BadInputException">Something is wrong with the store.</exception>
    public (PlannedTrial Trial, TrialClaim Claim)? Take(CancellationToken token)
    {
        while (true)
        {
            token.ThrowIfCancellationRequested();
            // Not disposed: timer and trials may still set it after its end.
            var wake = new ManualResetEventSlim();
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

                waiting.Add(wake);
            }

            // A trial may end, here or elsewhere, or the lease of another process. Each waiting worker has an event of its own, so that nobody takes
            // another's signal away.
            using var timer = context.Time.CreateTimer(_ => wake.Set(), null, context.Options.PollInterval, Timeout.InfiniteTimeSpan);
            wake.Wait(token);
            lock (gate)
            {
                _ = waiting.Remove(wake);
            }
        }
    }

    /// <summary>A trial that was taken is in flight no more.</summary>
    public void Leave(PlannedTrial trial)
    {
        lock (gate)
        {
            memory.GiveBack(trial);
            waiting.ForEach(wake => wake.Set());
            waiting.Clear();
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

    (PlannedTrial, TrialClaim)? TryTake()
    {
        foreach (var trial in missing.ToList())
        {
            var stored = context.Store.Trial(trial.Id) ?? throw new BadInputException(
                $"Trial {TrialSettings.Short(trial.Id)} was deleted from {context.Store.Location} while its study ran.");
            if (isOver(stored) || HasFailedSince(stored))
            {
                _ = missing.Remove(trial);
                endedElsewhere(trial, stored);
            }
            else if (memory.Fits(trial)
                && context.Store.Claim(trial.Id, TrialOwner.Current, context.EnvironmentOf(trial.Settings), context.Options.Lease) is { } claim)
            {
                _ = missing.Remove(trial);
                memory.Take(trial);
                return (trial, claim);
            }
        }

        return null;
    }

    /// <summary>Whether another process tried the trial during this run, and it failed: trying it again at once would fail again.</summary>
    bool HasFailedSince(StoredTrial stored) => stored.State == TrialState.Failed
        && (before[stored.Id].State != TrialState.Failed || stored.Attempts > before[stored.Id].Attempts);
}
