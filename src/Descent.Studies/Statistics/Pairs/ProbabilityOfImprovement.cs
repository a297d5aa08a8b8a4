namespace Descent.Studies.Statistics.Pairs;

/// <summary>How often a training of one optimizer ends better than one of another: over all pairs of a value of each, the share in which the first is
/// higher, ties counting half (the statistic of Mann and Whitney divided by the number of pairs).</summary>
public static class ProbabilityOfImprovement
{
    /// <summary>NaN where one has no values.</summary>
    public static double Of(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second) => first.Count == 0 || second.Count == 0 ? double.NaN
        : first.Sum(x => second.Sum(y => x > y ? 1.0 : x == y ? 0.5 : 0)) / ((double)first.Count * second.Count);
}
