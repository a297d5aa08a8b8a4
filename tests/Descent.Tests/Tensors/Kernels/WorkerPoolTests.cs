using Descent.Tensors.Kernels;

namespace Descent.Tests.Tensors.Kernels;

public class WorkerPoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void EveryChunkRunsOnceInEveryRegion(int threads)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        var counts = new int[37];
        var work = new Work(counts.Length, chunk => _ = Interlocked.Increment(ref counts[chunk]));
        for (int region = 0; region < 2000; region++)
        {
            executor.Run(work);
        }

        Assert.All(counts, count => Assert.Equal(2000, count));
    }

    [Fact]
    public void AWorkerThatSleptComesBack()
    {
        using var pool = new WorkerPool(2);
        using var executor = pool.CreateExecutor();
        var own = Environment.CurrentManagedThreadId;
        using var isHelped = new ManualResetEventSlim();
        for (int round = 0; round < 3; round++)
        {
            isHelped.Reset();
            // Chunk after chunk waits for the other thread's: nobody finishes unless the worker wakes up.
            executor.Run(new Work(2, _ =>
            {
                if (Environment.CurrentManagedThreadId != own)
                {
                    isHelped.Set();
                }
                else
                {
                    Assert.True(isHelped.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
                }
            }));
            using var pause = new ManualResetEventSlim();
            Assert.False(pause.Wait(50, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void ThreadsWithExecutorsOfTheirOwnShareThePool()
    {
        using var pool = new WorkerPool(3);
        long total = 0;
        var threads = Enumerable.Range(0, 5).Select(number => new Thread(() =>
        {
            using var executor = pool.CreateExecutor();
            long sum = 0;
            var work = new Work(16, chunk => _ = Interlocked.Add(ref sum, chunk));
            for (int region = 0; region < 500; region++)
            {
                executor.Run(work);
            }

            _ = Interlocked.Add(ref total, sum);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(5 * 500 * 120, total);
    }

    [Fact]
    public void AnExceptionInAChunkReachesTheCallerAndThePoolGoesOn()
    {
        using var pool = new WorkerPool(2);
        using var executor = pool.CreateExecutor();
        var failing = new Work(8, chunk =>
        {
            if (chunk == 5)
            {
                throw new InvalidOperationException("chunk 5");
            }
        });
        Assert.Equal("chunk 5", Assert.Throws<InvalidOperationException>(() => executor.Run(failing)).Message);
        int count = 0;
        executor.Run(new Work(8, _ => Interlocked.Increment(ref count)));
        Assert.Equal(8, count);
    }

    /// <summary>Each chunk finds its memory in the caches of the core that had it in the region before.</summary>
    [Fact]
    public void AThreadTakesTheChunksOfItsOwnRangeFirst()
    {
        // Were ranges open while they are being filled, a waiting worker would begin with the other's nearly always, or, as a pool happens to wake, never.
        for (int pools = 0; pools < 8; pools++)
        {
            // A worker that the system puts aside between its looks at two ranges may begin with the other's too: on a busy machine a third of the time.
            Assert.InRange(RegionsBegunWithOnesOwn(100), 30, 100);
        }
    }

    static int RegionsBegunWithOnesOwn(int regions)
    {
        using var pool = new WorkerPool(2);
        using var executor = pool.CreateExecutor();
        using var both = new Barrier(2);
        var own = Environment.CurrentManagedThreadId;
        var isOwn = new bool[4];
        // Nobody finishes a chunk before the other thread has one too.
        var work = new Work(isOwn.Length, chunk =>
        {
            isOwn[chunk] = Environment.CurrentManagedThreadId == own;
            Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        });
        int kept = 0;
        for (int region = 0; region < regions; region++)
        {
            executor.Run(work);
            kept += isOwn is [true, true, false, false] ? 1 : 0;
        }

        return kept;
    }

    [Theory]
    [InlineData(3, 7)]
    [InlineData(3, 2)]
    [InlineData(2, 2)]
    public void WhoIsDoneHelpsWithTheRangesOfTheOthers(int threads, int chunks)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var isReleased = new ManualResetEventSlim();
        int done = 0;
        // The caller's first chunk ends when all others are done: the other threads must take the rest of its range.
        executor.Run(new Work(chunks, chunk =>
        {
            if (chunk == 0)
            {
                Assert.True(isReleased.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
            }
            else if (Interlocked.Increment(ref done) == chunks - 1)
            {
                isReleased.Set();
            }
        }));
        Assert.Equal(chunks - 1, done);
    }
}
