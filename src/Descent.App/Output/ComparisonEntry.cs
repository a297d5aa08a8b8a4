using Descent.Studies.Comparisons;
using Descent.Studies.Lint;
using Descent.Studies.Statistics.Intervals;
using Descent.Studies.Statistics.Survival;
using Descent.Studies.Statistics.Tuning;

namespace Descent.App.Output;

/// <summary>What <c>compare --json</c> prints. Accuracies and their differences are fractions.</summary>
/// <param name="Metric">accuracy, or R² where numbers are told: it stands in all places of the accuracy.</param>
/// <param name="ChosenBy">The images by which settings were chosen: validation or test.</param>
/// <param name="Times">To the target, on every clock.</param>
sealed record ComparisonEntry(string Study, VerdictEntry Verdict, string Metric, string ChosenBy, double? Target, string TargetSplit, double Delta,
    IReadOnlyList<RankedEntry> Ranking, IReadOnlyList<PairEntry> Pairs, IReadOnlyList<TimeEntry> Times, IReadOnlyList<TuningEntry> Tuning,
    IReadOnlyList<CostEntry> Costs, IReadOnlyList<FindingEntry> Confounds)
{
    public static ComparisonEntry Of(Comparison x, IReadOnlyList<Finding> findings) => new(x.Request.Study, VerdictEntry.Of(x.Verdict), x.Metric.Name, x.ChosenBy.Split,
        x.Request.Target, x.Request.TargetSplit.Split, x.Request.Delta, [.. x.Ranking.Concat(x.Left).Select(RankedEntry.Of)], [.. x.Pairs.Select(PairEntry.Of)],
        [.. Clock.All.SelectMany(clock => x.Times(clock)).Select(TimeEntry.Of)], [.. x.Tuning.Select(TuningEntry.Of)], [.. x.Costs.Select(CostEntry.Of)],
        [.. findings.Select(FindingEntry.Of)]);
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
        x.Difference.Sample.StandardDeviation, IntervalEntry.Of(x.Interval), IntervalEntry.Of(x.Simultaneous), x.Difference.Probability, x.Adjusted,
        x.Difference.VarianceRemoved, x.Improvement);
}

sealed record IntervalEntry(double Lower, double Upper, double Confidence)
{
    public static IntervalEntry? Of(Interval? interval) => interval is { } x ? new(x.Lower, x.Upper, x.Confidence) : null;
}

/// <param name="Clock">steps, images, FLOPs or seconds.</param>
/// <param name="Median">Null where fewer than half reached the target.</param>
/// <param name="Mean">Within the horizon.</param>
sealed record TimeEntry(string Optimizer, string Clock, int Reached, int Diverged, int Trials, double? Median, IntervalEntry? MedianInterval, double Horizon, double Mean,
    IntervalEntry? MeanInterval)
{
    public static TimeEntry Of(TimeToTarget x) => new(x.Optimizer.Label, x.Clock.Name, x.Reached, x.Diverged, x.Curve.Trials.Count, x.Median,
        IntervalEntry.Of(x.MedianInterval), x.Mean.Horizon, x.Mean.Mean, IntervalEntry.Of(x.MeanInterval));
}

/// <param name="BestAfter">For k from 1 to the number of settings.</param>
/// <param name="WidthDecades">Of the learning rates within δ of the best; null where one rate was tried.</param>
/// <param name="WithinDelta">Share of the settings.</param>
/// <param name="Diverged">Share of the settings.</param>
sealed record TuningEntry(string Optimizer, IReadOnlyList<BestAfterTrials> BestAfter, double? WidthDecades, double? Lower, double? Upper, bool? IsOpenBelow,
    bool? IsOpenAbove, double WithinDelta, double Diverged)
{
    public static TuningEntry Of(TuningCost x) => new(x.Label, x.Curve, x.Width?.Decades, x.Width?.Lower, x.Width?.Upper, x.Width?.IsOpenBelow,
        x.Width?.IsOpenAbove, x.Within, x.Diverged);
}

/// <param name="GradientsPerStep">A product with the Hessian counts as two; null where they were not counted.</param>
/// <param name="StateBytes">Kept by the rule beside parameters and gradient.</param>
sealed record CostEntry(string Optimizer, SampleEntry SecondsPerStep, double? GradientsPerStep, double? FlopsPerStep, long? StateBytes, long? Parameters)
{
    public static CostEntry Of(StepCost x) => new(x.Optimizer.Label, SampleEntry.Of(x.Seconds), x.Gradients.Count > 0 ? x.Gradients.Mean : null, x.FlopsPerStep, x.Cost?.StateBytes, x.Cost?.Parameters);
}
