using Descent.Workloads;

namespace Descent.Studies.Statistics;

/// <summary>What results are told in: the share of right answers, or, where numbers are to be told, the coefficient of determination. Both are fractions, written in
/// percent.</summary>
public static class MetricName
{
    public const string Accuracy = "accuracy", Determination = "R²";

    /// <summary>As words and tables call what a workload measures.</summary>
    public static string Of(Workload workload) => workload.Metric == "r2" ? Determination : Accuracy;

    /// <summary>As the trials say; accuracy where there are none.</summary>
    public static string Of(IEnumerable<TrialResult> trials) => trials.Select(trial => trial.Metric).FirstOrDefault(Accuracy);

    /// <summary>Whether a metric in words, such as <c>test accuracy</c>, is one of these.</summary>
    public static bool IsFraction(string words) => words.EndsWith(Accuracy, StringComparison.Ordinal) || words.EndsWith(Determination, StringComparison.Ordinal);
}
