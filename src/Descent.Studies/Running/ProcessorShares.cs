using Descent.Studies.Storage;

namespace Descent.Studies.Running;

/// <summary>Shares the process's processor time among the trials in flight, evenly: each keeps about one core busy, and those without a
/// core's worth of work are helped by idle ones. Also counts how many ran beside each.</summary>
/// <param name="time">Wall time.</param>
/// <param name="processorTime">Processor time of the process so far.</param>
sealed class ProcessorShares(TimeProvider time, Func<TimeSpan> processorTime)
{
    readonly Lock gate = new();
    int inFlight;
    long lastTimestamp = time.GetTimestamp();
    TimeSpan lastProcessorTime = processorTime();
    Totals totals;

    /// <summary>The share of a trial that begins now.</summary>
    public Share Join() => new(this);

    void Change(int by)
    {
        lock (gate)
        {
            Advance();
            inFlight += by;
        }
    }

    Totals Now()
    {
        lock (gate)
        {
            Advance();
            return totals;
        }
    }

    void Advance()
    {
        long timestamp = time.GetTimestamp();
        var processor = processorTime();
        double wall = time.GetElapsedTime(lastTimestamp, timestamp).TotalSeconds;
        if (inFlight > 0)
        {
            totals = new(totals.Wall + wall, totals.Processor + ((processor - lastProcessorTime).TotalSeconds / inFlight),
                totals.Beside + (wall * (inFlight - 1)));
        }

        (lastTimestamp, lastProcessorTime) = (timestamp, processor);
    }

    readonly record struct Totals(double Wall, double Processor, double Beside);

    /// <summary>One trial's share, until it is disposed.</summary>
    public sealed class Share : IDisposable
    {
        readonly ProcessorShares owner;
        Totals taken;

        internal Share(ProcessorShares owner)
        {
            this.owner = owner;
            owner.Change(+1);
            taken = owner.Now();
        }

        /// <summary>The readings since this was asked last.</summary>
        public TrialClock Take()
        {
            var (before, now) = (taken, owner.Now());
            taken = now;
            return new(now.Wall - before.Wall, now.Processor - before.Processor, now.Beside - before.Beside);
        }

        public void Dispose() => owner.Change(-1);
    }
}
