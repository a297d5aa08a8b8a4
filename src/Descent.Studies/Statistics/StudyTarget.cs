namespace Descent.Studies.Statistics;

/// <summary>What a trial must reach: the metric is at least the value at an evaluation.</summary>
/// <param name="Metric">In words: <c>test accuracy</c>, <c>validation R²</c>.</param>
/// <param name="Value">Both are fractions: 0.95 is 95 %.</param>
public sealed record StudyTarget(string Metric, double Value);
