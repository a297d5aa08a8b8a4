using System.Runtime.ExceptionServices;

namespace Descent.Tensors.Kernels;

/// <summary>One computing thread's access to a <see cref="WorkerPool"/>: runs the chunks of a <see cref="Work"/>, helped by idle workers.</summary>
/// <remarks>Chunks are handed out one by one through a counter that falls from the number of chunks to zero; the caller takes chunks too and
/// returns when all are done, so a worker that the system has put aside delays nobody. Used by one thread at a time.</remarks>
public sealed class Executor : IDisposable
{
    readonly WorkerPool pool;
    Action<int> body = _ => { };
    int remaining;
    int completed;
    Exception? failure;

    internal Executor(WorkerPool pool) => this.pool = pool;

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

    /// <summary>Takes one chunk and runs it; false where none is left. Late workers from an earlier region are harmless: whoever draws a
    /// number of zero or more from the counter holds a chunk of the present region, whose body cannot change before that chunk is done.</summary>
    internal bool TryRunChunk()
    {
        if (Volatile.Read(ref remaining) <= 0)
        {
            return false;
        }

        int chunk = Interlocked.Decrement(ref remaining);
        if (chunk < 0)
        {
            return false;
        }

        try
        {
            body(chunk);
        }
        catch (Exception exception)
        {
            _ = Interlocked.CompareExchange(ref failure, exception, null);
        }

        _ = Interlocked.Increment(ref completed);
        return true;
    }

    void RunShared(in Work work)
    {
        body = work.Body;
        Volatile.Write(ref completed, 0);
        _ = Interlocked.Exchange(ref remaining, work.Chunks);
        pool.Wake();
        while (TryRunChunk())
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
