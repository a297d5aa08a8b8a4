using Descent.Studies.Comparisons;
using Descent.Studies.Statistics.Intervals;

namespace Descent.App.Output;

/// <summary>What <c>compare --json</c> prints. Accuracies and their differences are fractions.</summary>
/// <param name="ChosenBy">The images by which settings were chosen: validation or test.</param>
sealed record ComparisonEntry(string Study, VerdictEntry Verdict, string ChosenBy, double? Target, double Delta, IReadOnlyList<RankedEntry> Ranking,
    IReadOnlyList<PairEntry> Pairs)
{
    public static ComparisonEntry Of(Comparison x) => new(x.Request.Study, VerdictEntry.Of(x.Verdict), x.ChosenBy.Split, x.Request.Target, x.Request.Delta,
        [.. x.Ranking.Concat(x.Left).Select(RankedEntry.Of)], [.. x.Pairs.Select(PairEntry.Of)]);
}

/// <param name="Confidence">At least so likely none of the claimed differences is wrong.</param>
sealed record VerdictEntry(VerdictKind Kind, string Sentence, string Leader, IReadOnlyList<string> Undecided, double Confidence)
{
    public static VerdictEntry Of(Verdict x) => new(x.Kind, x.Sentence, x.Leader.Label, [.. x.Undecided.Select(one => one.Label)], 1 - Verdict.Level);
}

/// <param name="Candidates">Settings among which one was chosen.</param>
/// <param name="Seeds">Compared trials.</param>
sealed record RankedEntry(string Optimizer, IReadOnlyDictionary<string, object> Settings, int Candidates, int Seeds, int Diverged, SampleEntry FinalTestAccuracy,
    IntervalEntry? Interval, double? Median, double? InterquartileMean)
{
    public static RankedEntry Of(ComparedOptimizer x) => new(x.Label, Json.Values(x.Chosen.Settings), x.Candidates.Count, x.Finals.Count, x.Diverged,
        SampleEntry.Of(x.Sample), IntervalEntry.Of(x.Interval), x.Median, x.InterquartileMean);
}

/// <param name="MeanDifference">First minus second.</param>
/// <param name="Probability">Of Student's paired t test.</param>
/// <param name="AdjustedProbability">By Holm's correction over all pairs.</param>
sealed record PairEntry(string First, string Second, int Seeds, double? MeanDifference, double? StandardDeviation, IntervalEntry? Interval,
    IntervalEntry? SimultaneousInterval, double Probability, double AdjustedProbability, double? VarianceRemoved, double ProbabilityOfImprovement)
{
    public static PairEntry Of(ComparedPair x) => new(x.First.Label, x.Second.Label, x.Difference.Sample.Count, x.Difference.Sample.Mean,
        x.Difference.Sample.StandardDeviation, IntervalEntry.Of(x.Difference.Interval), IntervalEntry.Of(x.Simultaneous), x.Difference.Probability, x.Adjusted,
        x.Difference.VarianceRemoved, x.Improvement);
}

sealed record IntervalEntry(double Lower, double Upper, double Confidence)
{
    public static IntervalEntry? Of(Interval? interval) => interval is { } x ? new(x.Lower, x.Upper, x.Confidence) : null;
}
