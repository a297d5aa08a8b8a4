namespace Descent.Studies.Statistics;

/// <summary>What a trial must reach: the metric is at least the value (accuracies) at an evaluation.</summary>
/// <param name="Metric">In words: <c>test accuracy</c>.</param>
/// <param name="Value">Accuracies are fractions: 0.95 is 95 %.</param>
public sealed record StudyTarget(string Metric, double Value);
