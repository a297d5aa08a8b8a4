namespace Descent.Studies.Statistics.Pairs;

/// <summary>Holm's correction for many tests at once (Scandinavian Journal of Statistics 6, 1979): if every one whose adjusted probability is at most α is
/// claimed, the chance that any claim is wrong is at most α, however the tests depend on each other.</summary>
public static class Holm
{
    /// <summary>The adjusted probabilities, in the order of the given ones: the k-th smallest of m times m − k + 1, never below the one before it, at most
    /// 1.</summary>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> probabilities)
    {
        double[] adjusted = new double[probabilities.Count];
        double before = 0;
        foreach (var (rank, place) in Enumerable.Range(0, adjusted.Length).OrderBy(i => probabilities[i]).Index())
        {
            before = Math.Max(before, Math.Min(1, (adjusted.Length - rank) * probabilities[place]));
            adjusted[place] = before;
        }

        return adjusted;
    }
}
