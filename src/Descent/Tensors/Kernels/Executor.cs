using System.Runtime.ExceptionServices;

namespace Descent.Tensors.Kernels;

/// <summary>One computing thread's access to a <see cref="WorkerPool"/>: runs the chunks of a <see cref="Work"/>, helped by idle workers.</summary>
/// <remarks>The chunks are cut into ranges, one for each thread that may help. A thread takes those of its own range one by one, from front to back, then
/// what is left of the others: so it meets the same memory from region to region and from step to step, most of it still in its own core's caches. The
/// caller takes chunks too and returns when all are done, so a worker that the system has put aside delays nobody. Used by one thread at a time.</remarks>
public sealed class Executor : IDisposable
{
    // Counters on cache lines of their own, and not beside each other: processors fetch lines in pairs.
    const int Stride = 128 / sizeof(int);

    readonly WorkerPool pool;

    // Chunks that nobody has taken yet, by range.
    readonly int[] remaining;
    Action<int> body = _ => { };
    int chunks;
    int ranges;

    // The ranges from which chunks may be taken: none while they are being filled, else a worker that waits would begin with the only one that has chunks already.
    int open;
    int completed;
    Exception? failure;

    internal Executor(WorkerPool pool)
    {
        this.pool = pool;
        remaining = new int[(pool.Threads + 1) * Stride];
    }

    /// <summary>Threads of the pool, this one among them.</summary>
    public int Threads => pool.Threads;

    public void Run(in Work work)
    {
        if (work.Chunks == 1 || pool.Helpers == 0)
        {
            for (int chunk = 0; chunk < work.Chunks; chunk++)
            {
                work.Body(chunk);
            }

            return;
        }

        RunShared(work);
    }

    public void Dispose() => pool.Remove(this);

    /// <summary>Takes one chunk and runs it; false where none is left.</summary>
    /// <param name="seat">Whose range comes first: 0 for the caller, then the workers.</param>
    internal bool TryRunChunk(int seat)
    {
        int count = Volatile.Read(ref open);
        for (int i = 0; i < count; i++)
        {
            int range = (seat + i) % count;
            ref int left = ref remaining[(range + 1) * Stride];
            int behind = Volatile.Read(ref left) > 0 ? Interlocked.Decrement(ref left) : -1;
            if (behind >= 0)
            {
                RunChunk(EndOf(range) - 1 - behind);
                return true;
            }
        }

        return false;
    }

    // Late workers from an earlier region are harmless: whoever draws a number of zero or more from a counter holds a chunk of the present region, whose
    // body and bounds cannot change before that chunk is done.
    void RunChunk(int chunk)
    {
        try
        {
            body(chunk);
        }
        catch (Exception exception)
        {
            _ = Interlocked.CompareExchange(ref failure, exception, null);
        }

        _ = Interlocked.Increment(ref completed);
    }

    int EndOf(int range) => (int)((long)chunks * (range + 1) / ranges);

    void RunShared(in Work work)
    {
        Volatile.Write(ref open, 0);
        (body, chunks, ranges) = (work.Body, work.Chunks, Math.Min(work.Chunks, 1 + pool.Helpers));
        Volatile.Write(ref completed, 0);
        for (int range = 0, start = 0; range < ranges; range++)
        {
            int end = EndOf(range);
            _ = Interlocked.Exchange(ref remaining[(range + 1) * Stride], end - start);
            start = end;
        }

        Volatile.Write(ref open, ranges);
        pool.Wake();
        while (TryRunChunk(0))
        {
        }

        var spin = new SpinWait();
        while (Volatile.Read(ref completed) < work.Chunks)
        {
            // Never sleeps a whole time slice: the last chunk of another thread takes microseconds.
            spin.SpinOnce(sleep1Threshold: -1);
        }

        if (Interlocked.Exchange(ref failure, null) is { } exception)
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }
}
