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
            times.Add(Time(action));
        }

        return Of(times);
    }

    /// <summary>Both by turns of several runs each, so that a disturbed minute disturbs both. The first run of a turn finds the caches full of
    /// the other's data and is left out.</summary>
    public static (Timing First, Timing Second) MeasureInTurns(Action first, Action second, double seconds = 1)
    {
        const int RunsOfATurn = 5;
        var times = (First: new List<double>(), Second: new List<double>());
        var total = Stopwatch.StartNew();
        for (int turn = 0; turn < 4 || total.Elapsed.TotalSeconds < seconds; turn++)
        {
            Turn(first, times.First);
            Turn(second, times.Second);
        }

        return (Of(times.First), Of(times.Second));

        static void Turn(Action action, List<double> times)
        {
            action();
            for (int run = 0; run < RunsOfATurn; run++)
            {
                times.Add(Time(action));
            }
        }
    }

    static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    static Timing Of(List<double> times)
    {
        times.Sort();
        return new(times[0], times[times.Count / 2]);
    }
}
