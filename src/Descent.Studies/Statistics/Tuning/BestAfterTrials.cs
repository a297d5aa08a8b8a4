namespace Descent.Studies.Statistics.Tuning;

/// <summary>What the best of k trials is, if they are taken at random and without replacement from those that were run (Dodge et al., arXiv:1909.03004; without
/// replacement it is unbiased, Tang et al., arXiv:2004.02637), in closed form from the order statistics: the i-th smallest of n is the best of k with the chance
/// C(i − 1, k − 1)/C(n, k).</summary>
/// <param name="Trials">k.</param>
/// <param name="Expected">The mean of the best, where at least one trial had a result; NaN where none had.</param>
/// <param name="Lower">The best is at least this with the chance of nine in ten; NaN where more than one in ten had no result.</param>
/// <param name="Upper">The best is at most this with the chance of nine in ten.</param>
/// <param name="WithoutResult">The chance that all k trials diverged.</param>
public sealed record BestAfterTrials(int Trials, double Expected, double Lower, double Upper, double WithoutResult)
{
    const double Tail = 0.1;

    /// <summary>For k from 1 to the number of trials. The band tells the luck of which trials are drawn, and closes at the last one.</summary>
    /// <param name="scores">One a trial, higher is better; NaN for one that diverged.</param>
    public static IReadOnlyList<BestAfterTrials> Curve(IReadOnlyList<double> scores)
    {
        double[] sorted = [.. scores.Where(double.IsFinite).Order()];
        return [.. Enumerable.Range(1, scores.Count).Select(k => At(sorted, scores.Count, k))];
    }

    static BestAfterTrials At(double[] sorted, int count, int k)
    {
        // From the largest down: w(n) = k/n, w(i − 1) = w(i)·(i − k)/(i − 1).
        int lost = count - sorted.Length;
        double weight = (double)k / count, total = 0, sum = 0, lower = double.NaN, upper = double.NaN;
        for (int i = count; i > lost && weight > 0; i--)
        {
            double score = sorted[i - lost - 1];
            total += weight;
            sum += weight * score;
            // Rounding must not pass over the value at which exactly a tenth is left.
            upper = double.IsNaN(upper) && total > Tail + 1e-12 ? score : upper;
            lower = double.IsNaN(lower) && total >= 1 - Tail - 1e-12 ? score : lower;
            weight *= i > 1 ? (double)(i - k) / (i - 1) : 0;
        }

        return new(k, total > 0 ? sum / total : double.NaN, lower, upper, Math.Max(0, 1 - total));
    }
}
