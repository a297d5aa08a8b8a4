using Descent.Studies.Charts;

namespace Descent.Studies.Pictures.Classes;

/// <summary>Which classes the best setting takes for which.</summary>
sealed class ConfusionMatrix : IPicture
{
    public string Name => "confusion-matrix";

    public string Shows => "How many test images of each class were taken for which class by the best setting (others by --where), over all of its seeds.";

    public string? Missing(PictureStudy study) => Needs.Confusions(study, Name);

    public Figure Draw(PictureStudy study)
    {
        var (setting, matrices) = study.Summary.Settings
            .Select(setting => (setting, setting.Trials.Select(trial => trial.ReadConfusion()).OfType<IReadOnlyList<IReadOnlyList<int>>>().ToList()))
            .Where(x => x.Item2.Count > 0).MaxBy(x => study.HeldOut.FinalAccuracy(x.setting.Trials) is { Count: > 0 } final ? final.Mean : -1);
        int classes = matrices[0].Count;
        var counts = Enumerable.Range(0, classes).Select(i => Enumerable.Range(0, classes).Select(j => matrices.Sum(rows => (long)rows[i][j])).ToArray()).ToArray();
        var names = ClassNames.Of(study, classes);
        string seeds = matrices.Count == 1 ? $"1 {study.Repeat}" : $"{matrices.Count} {study.Repeat}s together";
        string best = study.Summary.Settings.Count > 1 ? $", the best of {study.Summary.Settings.Count} settings by {study.HeldOut.Split} accuracy" : "";
        return new()
        {
            Data =
            [
                new HeatmapTrace
                {
                    X = Column.Of(names),
                    Y = Column.Of(names),
                    Z = [.. counts.Select(row => Column.Of([.. row.Select(count => (double)count / Math.Max(1, row.Sum()))]))],
                    Text = [.. counts.Select(row => row.Select(count => count == 0 ? "·" : Numbers.Fixed(count, 0)).ToList())],
                },
            ],
            Layout = new()
            {
                Title = $"Confusion matrix of {setting.Label}",
                Subtitle = $"{study.Name}{best}: images of the test split after the last step, {seeds}. Colours are shares of a row.",
                ShowsLegend = false,
                Panels =
                [
                    new()
                    {
                        X = new() { Title = "taken for", Type = AxisType.Category },
                        Y = new() { Title = "class", Type = AxisType.Category, IsReversed = true },
                    },
                ],
            },
        };
    }
}
