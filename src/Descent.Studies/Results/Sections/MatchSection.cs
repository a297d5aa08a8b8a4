using System.Globalization;
using Descent.Studies.Charts;
using Descent.Studies.Comparisons;
using Descent.Studies.Definition;
using Descent.Studies.Statistics;

namespace Descent.Studies.Results.Sections;

/// <summary>Which settings come out where another one does.</summary>
static class MatchSection
{
    /// <summary>Null while there is nothing to compare.</summary>
    public static PageSection? Of(StudySummary summary, StudyMatch match)
    {
        if (SettingMatch.Find(summary, match) is not { } found)
        {
            return null;
        }

        int count = found.Others.Count(one => IsWithin(one, match));
        return new($"Which settings match {found.To.Setting.Label}",
            string.Create(CultureInfo.InvariantCulture, $"Training {summary.Metric} after the last step in percent; that of {found.To.Setting.Label} is {Percent(found.To.Accuracy)}. ")
            + string.Create(CultureInfo.InvariantCulture, $"{count} of {found.Others.Count} lie within {100 * match.Within:0.##} points of it."),
            [new("Setting", false), new(CurveName(summary)), new("Difference"), new("Standard error"), new("", false)],
            [
                .. found.Others.Select((one, place) => (IReadOnlyList<string>)
                [
                    one.Setting.Label, Percent(one.Accuracy), (100 * one.Difference).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture),
                    one.StandardError is { } error ? Numbers.Fixed(100 * error, 2) : SummaryText.None, Word(IsWithin(one, match), place == 0),
                ]),
            ]);
    }

    static string CurveName(StudySummary summary) => char.ToUpperInvariant(summary.Metric[0]) + summary.Metric[1..];

    static bool IsWithin(SettingMatch one, StudyMatch match) => Math.Abs(one.Difference) <= match.Within;

    static string Word(bool isWithin, bool isNearest) => string.Join(", ", new[] { isWithin ? "match" : "", isNearest ? "nearest" : "" }.Where(word => word.Length > 0));

    static string Percent(SampleStatistics accuracy) => string.Create(CultureInfo.InvariantCulture, $"{100 * accuracy.Mean:F2}")
        + (accuracy.StandardDeviation is { } deviation ? string.Create(CultureInfo.InvariantCulture, $" ± {100 * deviation:F2}") : "");
}
