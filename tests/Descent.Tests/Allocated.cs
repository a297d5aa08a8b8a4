namespace Descent.Tests;

/// <summary>Managed memory that the present thread takes.</summary>
static class Allocated
{
    const int Rounds = 5;
    const int RunsPerRound = 20;

    /// <summary>The fewest bytes that twenty runs took, of five times twenty after a warm-up of three. The runtime itself takes memory on our thread now and then, when
    /// it compiles a method anew: that happens once, an allocation of ours happens in every run.</summary>
    public static long BySteadyRuns(Action action)
    {
        for (int i = 0; i < 3; i++)
        {
            action();
        }

        long fewest = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < RunsPerRound; i++)
            {
                action();
            }

            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}
