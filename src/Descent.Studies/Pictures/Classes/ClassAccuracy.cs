using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Classes;

/// <summary>The accuracy on each class after the last step, a row for each setting.</summary>
sealed class ClassAccuracy : IPicture
{
    /// <summary>More rows than this are no longer a picture.</summary>
    const int Most = 30;

    public string Name => "class-accuracy";

    public string Shows => "The accuracy on the test images of each class after the last step, as a heat map with a row for each setting.";

    public string? Missing(PictureStudy study) => Needs.Confusions(study, Name);

    public Figure Draw(PictureStudy study)
    {
        var rows = study.Summary.Settings.OrderByDescending(DrawnSetting.Accuracy).Take(Most).Select(setting => (setting.Label, Accuracies: Mean(setting)))
            .Where(row => row.Accuracies.Length > 0).ToList();
        var all = rows.SelectMany(row => row.Accuracies).Where(double.IsFinite).ToList();
        double low = Math.Floor(10 * all.DefaultIfEmpty(0).Min()) / 10;
        return new()
        {
            Data =
            [
                new HeatmapTrace
                {
                    X = Column.Of(ClassNames.Of(study, rows[0].Accuracies.Length)),
                    Y = Column.Of(rows.Select(row => row.Label)),
                    Z = [.. rows.Select(row => Column.Of(row.Accuracies))],
                    Text = [.. rows.Select(row => row.Accuracies.Select(value => Numbers.Fixed(100 * value, 1)).ToList())],
                    Minimum = Math.Min(low, 0.9),
                    Maximum = 1,
                },
            ],
            Layout = new()
            {
                Title = $"Accuracy on each class in {study.Name}",
                Subtitle = $"Percent of the test images of a class after the last step, means over the complete {study.Repeat}s; the best settings are on top. "
                    + $"Colours go from {Numbers.Percent(Math.Min(low, 0.9), 0)} (light) to 100 % (dark).",
                ShowsLegend = false,
                Panels = [new() { X = new() { Type = AxisType.Category }, Y = new() { Type = AxisType.Category, IsReversed = true } }],
            },
        };
    }

    static double[] Mean(SettingSummary setting)
    {
        var trials = setting.Trials.Select(trial => trial.ReadConfusion()).OfType<IReadOnlyList<IReadOnlyList<int>>>().ToList();
        return trials.Count == 0 ? []
            : [.. Enumerable.Range(0, trials[0].Count).Select(i => trials.Average(rows => (double)rows[i][i] / rows[i].Sum()))];
    }
}
