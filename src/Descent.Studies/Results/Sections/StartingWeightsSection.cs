using Descent.Studies.Charts;
using Descent.Studies.Comparisons;
using Descent.Studies.Statistics;

namespace Descent.Studies.Results.Sections;

/// <summary>How widely each weight scatters before the first step: a row a weight, a column a setting, means over the seeds.</summary>
static class StartingWeightsSection
{
    /// <summary>Null where no trial measured it.</summary>
    public static PageSection? Of(StudySummary summary)
    {
        var settings = summary.Settings.Where(setting => setting.Trials.Any(trial => trial.InitialWeights.Count > 0)).ToList();
        if (settings.Count == 0)
        {
            return null;
        }

        var means = settings.Select(setting => setting.Trials.SelectMany(trial => trial.InitialWeights).GroupBy(weight => weight.Name)
            .ToDictionary(same => same.Key, same => same.Average(weight => weight.Deviation))).ToList();
        return new("Weights before the first step", "Standard deviation of the values of each weight, means over the seeds.",
            [new("Weight", false), .. settings.Select(setting => new PageColumn(ShortLabel.Of(setting, settings)))],
            [
                .. means.SelectMany(one => one.Keys).Distinct().Select(weight => (IReadOnlyList<string>)
                    [weight, .. means.Select(one => one.TryGetValue(weight, out double deviation) ? Numbers.Significant(deviation) : SummaryText.None)]),
            ]);
    }
}
