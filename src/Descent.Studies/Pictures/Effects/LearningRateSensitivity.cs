using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Effects;

/// <summary>How accuracy and loss hang on the learning rate, and where trainings diverge.</summary>
sealed class LearningRateSensitivity : IPicture
{
    const string Key = "learning_rate";
    const double LogRatio = 30;

    public string Name => "learning-rate";

    public string Shows => "Final held-out accuracy and training loss over the learning rate, with bands; diverged trials are marked.";

    public string? Missing(PictureStudy study) => Needs.Several(study, Name, Key) ?? (study.Trials.Any(trial => trial.IsResult) ? null
        : $"{Name} needs trials that have ended, and {study.Name} has none yet: descent run {study.Name}.");

    public Figure Draw(PictureStudy study)
    {
        var sweeps = Sweep.Of(study, Key);
        var rates = SweepAxis.Of(Key, sweeps.SelectMany(sweep => sweep.Points).Select(point => point.Value));
        var losses = study.Trials.Select(FinalLoss).OfType<double>().ToList();
        bool isLog = losses.Count > 0 && losses.Min() > 0 && losses.Max() / losses.Min() > LogRatio;
        var panels = new List<Panel>
        {
            new() { Title = $"{CurvePanel.Capital(study.HeldOut.Split)} {study.Metric} after the last step", X = rates, Y = new() { Format = ValueFormat.Percent } },
            new()
            {
                Title = $"Training loss after the last step{(isLog ? ", log axis" : "")}",
                X = rates,
                Y = new() { Type = isLog ? AxisType.Log : AxisType.Linear },
            },
        };
        var traces = SweepLines.Of(study, sweeps, ValueFormat.Percent, study.HeldOut.FinalAccuracy, 1, Key)
            .Concat(SweepLines.Of(study, sweeps, ValueFormat.Number, FinalLoss, 2, Key)).ToList();
        var diverged = Diverged(sweeps, panel: 3).ToList();
        if (diverged.Count > 0)
        {
            panels.Add(new()
            {
                Title = "Diverged: × every trial, ○ some of them",
                X = rates,
                Y = new() { Type = AxisType.Category, IsReversed = true },
            });
            traces.AddRange(diverged);
        }

        return new()
        {
            Data = traces,
            Layout = new() { Title = $"Sensitivity of {study.Name} to the learning rate", Subtitle = SweepLines.Legend(study, sweeps), Panels = panels },
        };
    }

    /// <summary>A row for each line of which trials diverged, with a mark at each learning rate where some did.</summary>
    static IEnumerable<Trace> Diverged(IReadOnlyList<Sweep> sweeps, int panel)
    {
        foreach (var sweep in sweeps)
        {
            foreach (var same in sweep.Points.Where(point => point.Diverged > 0).GroupBy(point => point.Diverged == point.Trials.Count))
            {
                yield return new ScatterTrace
                {
                    Name = sweep.Label,
                    ShowsLegend = false,
                    Panel = panel,
                    X = same.Select(point => point.Value).ToArray(),
                    Y = same.Select(_ => sweep.Label).ToArray(),
                    Mode = ScatterMode.Markers,
                    Marker = new(Palette.Color(sweep.Place), 9, same.Key ? MarkerSymbol.X : MarkerSymbol.Ring),
                    HoverText = [.. same.Select(point => $"{sweep.Label}\n{Key} {Numbers.Significant(point.Value)}: {point.Diverged} of {point.Trials.Count} diverged")],
                };
            }
        }
    }

    static double? FinalLoss(TrialResult trial) =>
        trial.State == TrialState.Complete && trial.Epochs.Count > 0 && double.IsFinite(trial.Epochs[^1].TrainLoss) ? trial.Epochs[^1].TrainLoss : null;
}
