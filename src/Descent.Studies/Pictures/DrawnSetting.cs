using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures;

/// <summary>A setting with its place among those that curves show, which gives it the same colour and dash in every chart.</summary>
sealed record DrawnSetting(SettingSummary Setting, int Place)
{
    /// <summary>More lines than this in one chart cannot be told apart.</summary>
    public const int Most = 10;

    public Line Line => Palette.Line(Place);

    public string Color => Palette.Color(Place);

    /// <summary>All settings of a small study; of a larger one the best of each optimizer by mean final test accuracy, and of these the
    /// best; of a larger one of a single optimizer the best.</summary>
    public static IReadOnlyList<DrawnSetting> Of(StudySummary summary)
    {
        IEnumerable<SettingSummary> drawn = summary.Settings;
        if (summary.Settings.Count > Most)
        {
            var candidates = IsOfOneOptimizer(summary) ? summary.Settings
                : summary.Settings.GroupBy(setting => setting.Optimizer).Select(same => same.MaxBy(Accuracy)!);
            var best = candidates.OrderByDescending(Accuracy).Take(Most).ToHashSet();
            drawn = summary.Settings.Where(best.Contains);
        }

        return [.. drawn.Select((setting, place) => new DrawnSetting(setting, place))];
    }

    /// <summary>Which settings of a large study are drawn, in words.</summary>
    public static string Choice(StudySummary summary) => IsOfOneOptimizer(summary) ? $"those of the highest mean final test {summary.Metric}"
        : $"of each optimizer the one with the highest mean final test {summary.Metric}"
            + (summary.Settings.DistinctBy(setting => setting.Optimizer).Count() > Most ? $", and of these the {Most} highest" : "");

    static bool IsOfOneOptimizer(StudySummary summary) => summary.Settings.DistinctBy(setting => setting.Optimizer).Take(2).Count() < 2;

    /// <summary>For ranking; a setting without a complete trial comes last.</summary>
    public static double Accuracy(SettingSummary setting) =>
        setting.FinalTestAccuracy.Count == 0 ? double.NegativeInfinity : setting.FinalTestAccuracy.Mean;
}
