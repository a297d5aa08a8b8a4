using Descent.Studies.Definition;

namespace Descent.Studies.Running;

/// <summary>What a run of a study has done and what is left, for whoever shows it. Any thread may look at any time.</summary>
public sealed class RunProgress(TimeProvider time)
{
    readonly Lock gate = new();
    readonly List<TrialProgress> inFlight = [];
    Dictionary<string, double> work = new Dictionary<string, double>();
    long start = time.GetTimestamp();
    int done;
    double workDone;
    double workLeft;

    /// <summary>A trial has ended, was stopped, or was found ended by another process. Called on the trial's thread, one call at a
    /// time.</summary>
    public event Action<EndedTrial>? TrialEnded;

    /// <summary>A trial begins or goes on. Called on its thread, one call at a time.</summary>
    public event Action<TrialProgress>? TrialStarted;

    /// <summary>The present moment.</summary>
    public RunSnapshot Snapshot()
    {
        lock (gate)
        {
            double begun = inFlight.Sum(Taken), elapsed = time.GetElapsedTime(start).TotalSeconds;
            double taken = workDone + begun, left = workLeft - begun;
            return new(Total, done, [.. inFlight], TimeSpan.FromSeconds(elapsed), taken > 0 ? TimeSpan.FromSeconds(elapsed * left / taken) : null);
        }
    }

    /// <summary>Trials of the study.</summary>
    public int Total { get; private set; }

    /// <param name="total">Trials of the study.</param>
    /// <param name="alreadyDone">Trials that had ended before.</param>
    /// <param name="work">How much there is to do of each trial that is missing, in any unit, by its id.</param>
    internal void Begin(int total, int alreadyDone, Dictionary<string, double> work)
    {
        lock (gate)
        {
            (Total, done, this.work, workLeft, start) = (total, alreadyDone, work, work.Values.Sum(), time.GetTimestamp());
        }
    }

    internal void Started(TrialProgress trial)
    {
        lock (gate)
        {
            inFlight.Add(trial);
            workLeft -= WorkBefore(trial);
            TrialStarted?.Invoke(trial);
        }
    }

    /// <param name="ended">How it ended.</param>
    /// <param name="trial">Null for a trial that another process ran.</param>
    internal void Ended(EndedTrial ended, TrialProgress? trial)
    {
        lock (gate)
        {
            double whole = work[ended.Trial.Id], taken = trial is null ? 0 : Taken(trial), before = trial is null ? 0 : WorkBefore(trial);
            if (trial is not null)
            {
                _ = inFlight.Remove(trial);
            }

            workDone += taken;
            // What is not over will be begun again, and is whole until then.
            workLeft -= ended.IsOver ? whole - before : -before;
            done += ended.IsOver ? 1 : 0;
            TrialEnded?.Invoke(ended);
        }
    }

    double Taken(TrialProgress trial) => work[trial.Trial.Id] * (trial.Fraction - FractionBefore(trial));

    double WorkBefore(TrialProgress trial) => work[trial.Trial.Id] * FractionBefore(trial);

    static double FractionBefore(TrialProgress trial) => trial.TotalSteps == 0 ? 0 : (double)trial.FirstStep / trial.TotalSteps;
}

/// <summary>A trial that this run is done with.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="State">Complete, diverged or failed; waiting where it was stopped, running where another process took it over.</param>
/// <param name="Reason">Why it failed, one sentence.</param>
/// <param name="Failure">The exception of a failed trial.</param>
/// <param name="IsOwn">Whether this process ran it.</param>
public sealed record EndedTrial(PlannedTrial Trial, TrialState State, string? Reason, Exception? Failure, bool IsOwn)
{
    /// <summary>Nothing is left to do in this run; false where the trial was stopped or is run by another process.</summary>
    public bool IsOver => State is not (TrialState.Waiting or TrialState.Running);
}

/// <summary>A run of a study at one moment.</summary>
/// <param name="Total">Trials of the study.</param>
/// <param name="Done">Trials that have ended, now or before.</param>
/// <param name="InFlight">Trials that this process runs now.</param>
/// <param name="Elapsed">Since the run began.</param>
/// <param name="Remaining">Estimated from the pace so far; null before the first step.</param>
public sealed record RunSnapshot(int Total, int Done, IReadOnlyList<TrialProgress> InFlight, TimeSpan Elapsed, TimeSpan? Remaining);
