using System.Collections.Concurrent;

namespace Descent.Tests.App.Downloads;

/// <summary>Time in which pauses of less than ten seconds are over at once, and longer limits are reached only when a test says so.</summary>
sealed class SwiftTime : TimeProvider
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<Timer, bool> limits = new();

    /// <summary>The pauses that were asked for, in order.</summary>
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    /// <summary>Lets every long limit that is set be reached.</summary>
    public void ReachLimits()
    {
        foreach (var limit in limits.Keys)
        {
            limit.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    sealed class Timer(SwiftTime owner, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Dispose();
            if (dueTime >= Long)
            {
                _ = owner.limits.TryAdd(this, true);
            }
            else if (dueTime >= TimeSpan.Zero)
            {
                owner.Pauses.Enqueue(dueTime);
                Fire();
            }

            return true;
        }

        // Never on the caller's thread: who creates a timer does not expect it to have fired.
        public void Fire() => ThreadPool.QueueUserWorkItem(_ => callback(state));

        public void Dispose() => owner.limits.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
