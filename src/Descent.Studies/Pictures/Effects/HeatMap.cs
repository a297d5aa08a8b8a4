using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Effects;

/// <summary>Accuracies over two hyperparameters as tables of cells, so that it is seen how the best value of one hangs on the other.</summary>
sealed class HeatMap : IPicture
{
    /// <summary>More groups than this are no longer a picture.</summary>
    const int Most = 6;

    public string Name => "heat-map";

    public string Shows => "Final and best held-out accuracy over two hyperparameters, for each optimizer; --where keeps a third at one value.";

    public string? Missing(PictureStudy study) => Keys(study).Count < 2
        ? $"{Name} needs several values of two hyperparameters of an optimizer, and {study.Name} has {Among(Keys(study))}: give two keys a list each."
        : Needs.Complete(study, Name);

    public Figure Draw(PictureStudy study)
    {
        var keys = Keys(study);
        var groups = Groups(study, keys);
        var maps = groups.SelectMany(group => new[]
        {
            Map(study, group.Trials, keys, $"{group.Label}: after the last step", study.HeldOut.FinalAccuracy),
            Map(study, group.Trials, keys, $"{group.Label}: of the best epoch", study.HeldOut.BestAccuracy),
        }).ToList();
        double[] all = [.. maps.SelectMany(map => map.Cells).SelectMany(row => row).Select(cell => cell.Mean).Where(double.IsFinite)];
        double low = all.DefaultIfEmpty(0).Min(), high = Math.Max(all.DefaultIfEmpty(0).Max(), low + 1e-3);
        string others = keys.Count > 2 ? $", over all values of {string.Join(" and ", keys.Skip(2))}" : "";
        int left = study.IsGrouped ? study.Summary.Settings.Count - groups.Count : study.Trials.Select(trial => trial.Optimizer).Distinct().Count() - groups.Count;
        return new()
        {
            Data = [.. maps.Select((map, i) => map.ToTrace(i + 1, low, high))],
            Layout = new()
            {
                Title = $"{CurvePanel.Capital(study.HeldOut.Split)} {study.Metric} in {study.Name} over {keys[0]} and {keys[1]}",
                Subtitle = $"Percent, means over the complete {study.Repeat}s{others}{(maps.Any(map => map.HasDiverged) ? "; × marks cells of which a trial diverged" : "")}. Colours go from {Numbers.Percent(low)} (light) to "
                    + $"{Numbers.Percent(high)} (dark).{(left > 0 ? $" {left} more are not drawn; --where chooses others." : "")}",
                Columns = 2,
                ShowsLegend = false,
                Panels =
                [
                    .. maps.Select(map => new Panel
                    {
                        Title = map.Title,
                        X = new() { Title = keys[1], Type = AxisType.Category },
                        Y = new() { Title = keys[0], Type = AxisType.Category },
                    }),
                ],
            },
        };
    }

    /// <summary>Those of which the trials of an optimizer have several numbers, in the study's order: of the optimizer with the most of them.</summary>
    static List<string> Keys(PictureStudy study)
    {
        var telling = TrialKeys.Telling(study.Trials);
        return study.Trials.GroupBy(trial => trial.Optimizer).Select(same => Varied(telling, [.. same])).MaxBy(keys => keys.Count) ?? [];
    }

    static List<string> Varied(IReadOnlyList<string> keys, IReadOnlyList<TrialResult> trials) =>
        [.. keys.Where(key => TrialKeys.Values(trials, key).Count(value => TrialKeys.Number(value) is not null) > 1)];

    static string Among(List<string> keys) => keys.Count == 0 ? "none" : $"those of {keys[0]} alone";

    /// <summary>Those that have both keys.</summary>
    static List<(string Label, IReadOnlyList<TrialResult> Trials)> Groups(PictureStudy study, IReadOnlyList<string> keys)
    {
        var originals = study.Trials.ToDictionary(trial => trial.Id);
        IEnumerable<(string Label, IReadOnlyList<TrialResult> Trials)> groups = study.IsGrouped
            ? study.Summary.Settings.Select(group => (group.Label, (IReadOnlyList<TrialResult>)[.. group.Trials.Select(trial => originals[trial.Id])]))
            : study.Trials.GroupBy(trial => trial.Optimizer).Select(same => (same.Key, (IReadOnlyList<TrialResult>)[.. same]));
        return [.. groups.Where(group => keys.Take(2).All(key => TrialKeys.Values(group.Trials, key).Count > 0)).Take(Most)];
    }

    static Table Map(PictureStudy study, IReadOnlyList<TrialResult> trials, List<string> keys, string title, Func<TrialResult, double?> value)
    {
        var (rows, columns) = (TrialKeys.Values(trials, keys[0]), TrialKeys.Values(trials, keys[1]));
        var cells = trials.ToLookup(trial => (TrialKeys.Value(trial, keys[0]), TrialKeys.Value(trial, keys[1])));
        return new(title, rows, columns, [.. rows.Select(row => columns.Select(column => Cell.Of([.. cells[(row, column)]], value)).ToList())]);
    }

    /// <summary>The table of one group.</summary>
    sealed record Table(string Title, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<Cell>> Cells)
    {
        public bool HasDiverged => Cells.Any(row => row.Any(cell => cell.Text.EndsWith(Cell.Mark, StringComparison.Ordinal)));

        public HeatmapTrace ToTrace(int panel, double low, double high) => new()
        {
            Panel = panel,
            X = Column.Of(Columns),
            Y = Column.Of(Rows),
            Z = [.. Cells.Select(row => Column.Of([.. row.Select(cell => cell.Mean)]))],
            Text = [.. Cells.Select(row => row.Select(cell => cell.Text).ToList())],
            Minimum = low,
            Maximum = high,
        };
    }

    /// <param name="Mean">Over the complete trials; NaN where there are none.</param>
    readonly record struct Cell(double Mean, string Text)
    {
        public const string Mark = "×";

        public static Cell Of(IReadOnlyList<TrialResult> trials, Func<TrialResult, double?> value)
        {
            var sample = SampleStatistics.Of(trials.Where(trial => trial.State == TrialState.Complete).Select(value).OfType<double>());
            string mark = trials.Any(trial => trial.State == TrialState.Diverged) ? Mark : "";
            return new(sample.Count == 0 ? double.NaN : sample.Mean, sample.Count == 0 ? mark : Numbers.Fixed(100 * sample.Mean, 1) + mark);
        }
    }
}
