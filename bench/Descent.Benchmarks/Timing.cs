using System.Diagnostics;

namespace Descent.Benchmarks;

/// <summary>Best and median of many runs: on a shared machine the mean says nothing.</summary>
readonly record struct Timing(double BestSeconds, double MedianSeconds)
{
    /// <summary>Runs <paramref name="action"/> until <paramref name="seconds"/> have gone by, at least ten times, after a warm-up of three.</summary>
    public static Timing Measure(Action action, double seconds = 1)
    {
        for (int i = 0; i < 3; i++)
        {
            action();
        }

        var times = new List<double>();
        var total = Stopwatch.StartNew();
        while (times.Count < 10 || total.Elapsed.TotalSeconds < seconds)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        times.Sort();
        return new(times[0], times[times.Count / 2]);
    }
}
