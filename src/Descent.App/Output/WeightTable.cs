using Descent.Studies.Statistics;

namespace Descent.App.Output;

/// <summary>How widely each weight scatters before the first step: one row a weight, one column a setting, means over the seeds.</summary>
static class WeightTable
{
    /// <summary>Nothing where no trial measured it.</summary>
    public static void Write(StudySummary summary, Terminal terminal)
    {
        var settings = summary.Settings.Where(setting => setting.Trials.Any(trial => trial.InitialWeights.Count > 0)).ToList();
        if (settings.Count == 0)
        {
            return;
        }

        var means = settings.Select(setting => setting.Trials.SelectMany(trial => trial.InitialWeights).GroupBy(weight => weight.Name)
            .ToDictionary(same => same.Key, same => same.Average(weight => weight.Deviation))).ToList();
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(" Standard deviation of each weight before the first step, means over the seeds:");
        var table = new TextTable([new TextColumn("Weight", ColumnKind.Name), .. settings.Select(setting => new TextColumn(Header(setting, settings), ColumnKind.Number))]);
        foreach (string weight in means.SelectMany(one => one.Keys).Distinct())
        {
            _ = table.Row([weight, .. means.Select(one => one.TryGetValue(weight, out double deviation) ? Format.Number(deviation) : Format.Nothing)]);
        }

        table.Write(terminal);
    }

    static string Header(SettingSummary setting, IReadOnlyList<SettingSummary> all)
    {
        string label = setting.Label.StartsWith(setting.Optimizer + " ", StringComparison.Ordinal)
            && all.All(other => other.Optimizer == setting.Optimizer) ? setting.Label[(setting.Optimizer.Length + 1)..] : setting.Label;
        return label.Split(' ') is [var only] ? only[(only.IndexOf('=', StringComparison.Ordinal) + 1)..] : label;
    }
}
