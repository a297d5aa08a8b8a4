using Descent.Studies.Charts;
using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Intervals;

namespace Descent.Studies.Comparisons;

/// <summary>What is compared, higher being better. Values are fractions, written in percent.</summary>
/// <param name="Name">As <see cref="TrialResult.Metric"/> has it.</param>
/// <param name="Lowest">The worst possible value.</param>
public sealed record ComparedMetric(string Name, double Lowest)
{
    /// <summary>The best possible value.</summary>
    public const double Highest = 1;

    public static ComparedMetric Accuracy { get; } = new(MetricName.Accuracy, 0);

    /// <summary>1 − Σ(y − ŷ)²/Σ(y − ȳ)²: any number up to 1.</summary>
    public static ComparedMetric Determination { get; } = new(MetricName.Determination, double.NegativeInfinity);

    /// <summary>That of the trials.</summary>
    public static ComparedMetric Of(IEnumerable<TrialResult> trials) => trials.Any(trial => trial.Metric == Determination.Name) ? Determination : Accuracy;

    /// <summary>The largest difference that two values can have.</summary>
    public double Range => Highest - Lowest;

    /// <summary>The part of an interval in which the metric can lie.</summary>
    public Interval? Possible(Interval? interval) => interval?.Within(Lowest, Highest);

    /// <summary>The part of an interval in which a difference of two values can lie.</summary>
    public Interval? PossibleDifference(Interval? interval) => interval?.Within(-Range, Range);

    /// <summary>A difference in a sentence: <c>0.42 points</c>, which are percent points.</summary>
    public static string Points(double difference)
    {
        string number = Numbers.Significant(100 * difference, 2);
        return $"{number}\u00A0{(number == "1" ? "point" : "points")}";
    }
}
