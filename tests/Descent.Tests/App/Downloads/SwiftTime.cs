using System.Collections.Concurrent;

namespace Descent.Tests.App.Downloads;

/// <summary>Time in which pauses of less than ten seconds are over at once, and longer limits are reached only when a test says so.</summary>
sealed class SwiftTime : TimeProvider
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<Timer, TimeSpan> limits = new();

    /// <summary>The pauses that were asked for, in order.</summary>
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    /// <summary>Lets every long limit that is set be reached.</summary>
    public void ReachLimits() => Advance(TimeSpan.MaxValue);

    /// <summary>Lets time pass, for long limits alone.</summary>
    public void Advance(TimeSpan time)
    {
        foreach (var (limit, left) in limits)
        {
            limits[limit] = left - time;
            if (left <= time)
            {
                limit.Fire();
            }
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
                _ = owner.limits.TryAdd(this, dueTime);
            }
            else if (dueTime >= TimeSpan.Zero)
            {
                owner.Pauses.Enqueue(dueTime);
                // Never on the caller's thread: who creates a timer does not expect it to have fired.
                _ = ThreadPool.QueueUserWorkItem(_ => Fire());
            }

            return true;
        }

        public void Fire() => callback(state);

        public void Dispose() => owner.limits.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
