namespace Descent.Tensors.Kernels;

/// <summary>The threads that help those who compute. Every computing thread has an <see cref="Executor"/>; the pool's workers take chunks
/// from whichever executor has some, as many workers at a time as there are cores left over.</summary>
/// <remarks>A worker looks for chunks for a few tens of microseconds before it goes to sleep, because the next region of a training step
/// follows at once. Nobody ever waits for a worker: an executor waits for its chunks.</remarks>
public sealed class WorkerPool : IDisposable
{
    const int SpinsBeforeSleep = 2000;

    readonly Worker[] workers;
    readonly Lock gate = new();
    volatile Executor[] executors = [];
    volatile bool isDisposed;

    /// <param name="threads">How many threads compute at the same time, the callers among them; at least 1.</param>
    public WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        workers = new Worker[threads - 1];
        for (int number = 0; number < workers.Length; number++)
        {
            workers[number] = new Worker(this, number);
        }
    }

    public int Threads { get; }

    /// <summary>How many workers may help now: a core without an executor of its own is lent to those that compute.</summary>
    internal int Helpers => Math.Max(0, Threads - executors.Length);

    /// <summary>Joins the calling side: one executor for each thread that computes. While there are as many executors as threads, no worker helps.</summary>
    public Executor CreateExecutor()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        var executor = new Executor(this);
        lock (gate)
        {
            executors = [.. executors, executor];
        }

        return executor;
    }

    public void Dispose()
    {
        isDisposed = true;
        foreach (var worker in workers)
        {
            worker.Dispose();
        }
    }

    internal void Remove(Executor executor)
    {
        lock (gate)
        {
            executors = executors.Where(x => x != executor).ToArray();
        }
    }

    internal void Wake()
    {
        int helpers = Math.Min(Helpers, workers.Length);
        for (int number = 0; number < helpers; number++)
        {
            workers[number].Wake();
        }
    }

    bool TakeChunk(int seat)
    {
        foreach (var executor in executors)
        {
            if (executor.TryRunChunk(seat))
            {
                return true;
            }
        }

        return false;
    }

    sealed class Worker : IDisposable
    {
        readonly WorkerPool pool;
        readonly int number;
        readonly Thread thread;
        readonly SemaphoreSlim signal = new(0);
        int isAsleep;

        public Worker(WorkerPool pool, int number)
        {
            this.pool = pool;
            this.number = number;
            thread = new Thread(Loop) { IsBackground = true, Name = $"Descent worker {number + 1}" };
            thread.Start();
        }

        bool TakeChunk() => number < pool.Helpers && pool.TakeChunk(number + 1);

        public void Wake()
        {
            if (Volatile.Read(ref isAsleep) == 1 && Interlocked.Exchange(ref isAsleep, 0) == 1)
            {
                _ = signal.Release();
            }
        }

        public void Dispose()
        {
            Wake();
            thread.Join();
            signal.Dispose();
        }

        void Loop()
        {
            int idle = 0;
            while (!pool.isDisposed)
            {
                if (TakeChunk())
                {
                    idle = 0;
                }
                else if (++idle < SpinsBeforeSleep)
                {
                    Thread.SpinWait(8);
                }
                else
                {
                    Sleep();
                    idle = 0;
                }
            }
        }

        void Sleep()
        {
            // Announced before the last look: who publishes chunks after that look sees the announcement and wakes us.
            _ = Interlocked.Exchange(ref isAsleep, 1);
            bool isNeeded = pool.isDisposed || TakeChunk();
            if (!isNeeded || Interlocked.Exchange(ref isAsleep, 0) == 0)
            {
                signal.Wait();
            }
        }
    }
}
