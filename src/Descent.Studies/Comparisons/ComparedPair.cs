using Descent.Studies.Statistics.Intervals;
using Descent.Studies.Statistics.Pairs;

namespace Descent.Studies.Comparisons;

/// <summary>Two optimizers over the seeds that both have.</summary>
/// <param name="First">The one with the higher mean of all its seeds.</param>
/// <param name="Second">The other.</param>
/// <param name="Difference">First minus second.</param>
/// <param name="Adjusted">The probability after Holm's correction over all pairs of the comparison.</param>
/// <param name="Simultaneous">Where the mean difference lies, at a confidence at which the intervals of all pairs hold at once; null below two seeds.</param>
/// <param name="Improvement">How often a training of the first ends higher than one of the second.</param>
public sealed record ComparedPair(
    ComparedOptimizer First, ComparedOptimizer Second, PairedDifference Difference, double Adjusted, Interval? Simultaneous, double Improvement)
{
    /// <summary>Whether the difference is shown.</summary>
    public bool IsShown => Adjusted <= Verdict.Level;

    /// <summary>Where the mean difference lies, as far as it can; null below two seeds.</summary>
    public Interval? Interval => First.Metric.PossibleDifference(Difference.Interval);

    public bool Has(ComparedOptimizer optimizer) => First == optimizer || Second == optimizer;

    public ComparedOptimizer Other(ComparedOptimizer optimizer) => First == optimizer ? Second : First;

    /// <summary>All pairs.</summary>
    /// <param name="ranked">The highest mean first.</param>
    public static IReadOnlyList<ComparedPair> Of(IReadOnlyList<ComparedOptimizer> ranked)
    {
        var pairs = ranked.SelectMany((first, i) => ranked.Skip(i + 1).Select(second => (first, second, PairedDifference.Of(first.Values, second.Values)))).ToList();
        var adjusted = Holm.Adjust([.. pairs.Select(pair => pair.Item3.Probability)]);
        double confidence = 1 - (Verdict.Level / Math.Max(1, pairs.Count));
        return
        [
            .. pairs.Zip(adjusted, (pair, probability) => new ComparedPair(pair.first, pair.second, pair.Item3, probability,
                pair.Item3.Differences.Count < 2 ? null : MeanInterval.Student(pair.Item3.Differences, confidence),
                ProbabilityOfImprovement.Of([.. pair.first.Values.Values], [.. pair.second.Values.Values]))),
        ];
    }
}
