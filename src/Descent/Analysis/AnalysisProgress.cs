namespace Descent.Analysis;

/// <summary>How far a long analysis is: told by the threads that compute, read by any.</summary>
public sealed class AnalysisProgress
{
    readonly Lock gate = new();
    string part = "";
    long done, total;

    /// <summary>A part begins.</summary>
    /// <param name="name">What is counted, as it stands behind a number: <c>points</c>.</param>
    /// <param name="count">Of them; 0 where that is not known.</param>
    public void Begin(string name, long count)
    {
        lock (gate)
        {
            (part, done, total) = (name, 0, count);
        }
    }

    /// <summary>One more is done.</summary>
    public void Count() => Interlocked.Increment(ref done);

    /// <summary>So many are done.</summary>
    public void Reach(long count) => Interlocked.Exchange(ref done, count);

    public (string Part, long Done, long Total) Now
    {
        get
        {
            lock (gate)
            {
                return (part, Interlocked.Read(ref done), total);
            }
        }
    }
}
