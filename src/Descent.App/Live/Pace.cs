namespace Descent.App.Live;

/// <summary>How fast something goes on, measured over the last seconds, and so how long it still takes.</summary>
sealed class Pace(TimeProvider time)
{
    static readonly TimeSpan Window = TimeSpan.FromSeconds(20);

    readonly Queue<(long Time, double Done)> marks = new();

    /// <summary>Says how much is done by now, in any unit.</summary>
    public void Mark(double done)
    {
        long now = time.GetTimestamp();
        marks.Enqueue((now, done));
        while (marks.Count > 2 && time.GetElapsedTime(marks.Peek().Time, now) > Window)
        {
            _ = marks.Dequeue();
        }
    }

    /// <summary>Seconds that <paramref name="left"/> more units take at this pace; null while it is not known.</summary>
    public double? Seconds(double left)
    {
        if (marks.Count < 2)
        {
            return null;
        }

        var (first, last) = (marks.Peek(), marks.Last());
        double done = last.Done - first.Done;
        return done > 0 ? left * time.GetElapsedTime(first.Time, last.Time).TotalSeconds / done : null;
    }
}
