using System.Runtime.ExceptionServices;
using Descent.Studies.Definition;
using Descent.Studies.Storage;
using Descent.Tensors.Kernels;

namespace Descent.Studies.Running;

/// <summary>The threads of one run: each takes a trial, runs it, and takes the next.</summary>
/// <param name="context">What to work with.</param>
/// <param name="study">Says which parameters are kept.</param>
/// <param name="missing">The trials to run, in order, as they are stored now; at least one.</param>
/// <param name="memory">What they may use.</param>
/// <param name="tell">Told of each trial that ends or stops, with its progress where this process ran it.</param>
/// <param name="started">Told of each trial that begins.</param>
/// <param name="until">The epoch after which trials wait; null where they go to their end.</param>
sealed class RunWorkers(RunContext context, StudyDefinition study, IReadOnlyList<(PlannedTrial Trial, StoredTrial Stored)> missing, MemoryBudget memory,
    Action<EndedTrial, TrialProgress?> tell, Action<TrialProgress> started, int? until = null)
{
    readonly List<EndedTrial> ended = [];
    readonly TrialAttempt attempt = new(context, study, until);
    readonly ProcessorShares shares = new(context.Time, () => Environment.CpuUsage.TotalTime);
    Exception? fault;

    /// <summary>Runs all trials, or those that end before the token is cancelled.</summary>
    /// <exception cref="BadInputException">Results cannot be stored. All trials have been stopped.</exception>
    public List<EndedTrial> Run(CancellationToken token)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        using var pool = new WorkerPool(context.Options.PoolThreads);
        using var keeper = new LeaseKeeper(context.Store, context.Time, context.Options.Lease);
        var queue = new TrialQueue(context, missing, memory, IsOver, (trial, result) =>
            Tell(new(trial, result.State, result.Reason, null, IsOwn: false), null));
        var threads = Enumerable.Range(1, Math.Min(context.Options.Workers, missing.Count)).Select(number =>
            new Thread(() => Work(queue, keeper, pool, stop)) { Name = $"Descent trial {number}" }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (fault is RecordingFailedException { Sentence: var sentence })
        {
            throw new BadInputException(sentence.Message, sentence);
        }

        if (fault is not null)
        {
            ExceptionDispatchInfo.Throw(fault);
        }

        return ended;
    }

    bool IsOver(StoredTrial trial) => until is { } epoch ? HalvingRounds.HasReached(context.Store, trial, epoch) : trial.IsFinal;

    void Work(TrialQueue queue, LeaseKeeper keeper, WorkerPool pool, CancellationTokenSource stop)
    {
        try
        {
            while (RecordingFailedException.Guard(() => queue.Take(stop.Token)) is { } next)
            {
                using var trialStop = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
                using var executor = pool.CreateExecutor();
                keeper.Add(next.Claim, trialStop);
                try
                {
                    RunTrial(next.Trial, next.Claim, queue, executor, trialStop.Token);
                }
                finally
                {
                    keeper.Remove(next.Claim);
                    queue.Leave(next.Trial);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped while it waited for a trial.
        }
        catch (Exception exception)
        {
            // Nothing may leave a thread: the others are stopped, and Run says it.
            _ = Interlocked.CompareExchange(ref fault, exception, null);
            stop.Cancel();
        }
    }

    void RunTrial(PlannedTrial trial, TrialClaim claim, TrialQueue queue, Executor executor, CancellationToken token)
    {
        using var share = shares.Join();
        TrialProgress? progress = null;
        try
        {
            var ending = attempt.Run(trial, claim, executor, share, x => started(progress = x), token);
            Tell(new(trial, ending?.State ?? TrialState.Waiting, null, null, IsOwn: true), progress);
        }
        catch (ClaimLostException)
        {
            GiveUp();
        }
        catch (Exception exception) when (exception is not RecordingFailedException)
        {
            try
            {
                Tell(new(trial, TrialState.Failed, Fail(claim, exception), exception, IsOwn: true), progress);
            }
            catch (ClaimLostException)
            {
                GiveUp();
            }
        }

        void GiveUp()
        {
            queue.Return(trial);
            Tell(new(trial, TrialState.Running, null, null, IsOwn: true), progress);
        }
    }

    /// <summary>Stores a failure; what was recorded stays, and so do the checkpoints.</summary>
    string Fail(TrialClaim claim, Exception exception) => RecordingFailedException.Guard(() =>
    {
        string reason = exception is BadInputException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";
        reason = reason.ReplaceLineEndings(" ");
        long steps = context.Store.Trial(claim.TrialId)?.Steps ?? 0;
        context.Store.End(claim, new TrialEnding(TrialState.Failed, steps, steps) { Reason = reason });
        return reason;
    });

    void Tell(EndedTrial trial, TrialProgress? progress)
    {
        lock (ended)
        {
            ended.Add(trial);
        }

        tell(trial, progress);
    }
}
