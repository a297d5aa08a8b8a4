using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Curves;

/// <summary>Loss and accuracy over the gradients that were taken, on which rules that take several a step, and batches of different sizes, cost the same.</summary>
sealed class OverGradients : IPicture
{
    const int FewPoints = 12;

    public string Name => "over-gradients";

    public string Shows => "Training loss and held-out accuracy over the images whose gradients were taken: all gradients of a step count, of whatever batch.";

    public string? Missing(PictureStudy study) => Needs.Epochs(study, Name)
        ?? (study.Trials.Any(trial => trial.State == TrialState.Complete && trial.Epochs.Any(point => Images(trial, point) > 0)) ? null
            : $"{Name} needs complete trials whose gradients were counted, and {study.Name} has none: trials of rules in the catalog count them when they are run.");

    public Figure Draw(PictureStudy study)
    {
        CurvePanel[] panels = [CurvePanel.TrainLoss, CurvePanel.HeldOutAccuracy(study)];
        Func<EpochPoint, double>[] values = [point => point.TrainLoss, study.HeldOut.Accuracy];
        var axes = panels.Select(panel => panel.Axis(new CurveFigure(study.Drawn, panel.Quantity, study.Band, study.Repeat))).ToList();
        return new()
        {
            Data = [.. panels.SelectMany((_, i) => study.Drawn.SelectMany(drawn => Lines(study, drawn, values[i], i + 1)))],
            Layout = new()
            {
                Title = $"{study.Name} over the gradients that were taken",
                Subtitle = $"Across: gradients times the images of a batch; a product with the Hessian counts as two. Lines are means over the complete {study.Repeat}s at the same step, "
                    + $"bands go from the smallest to the largest.{study.Left}",
                Panels =
                [
                    .. panels.Select((panel, i) => new Panel
                    {
                        Title = panel.Title + (axes[i].Type == AxisType.Log ? ", log axis" : ""),
                        X = new() { Title = "images whose gradients were taken", Minimum = 0 },
                        Y = axes[i] with { Maximum = null },
                    }),
                ],
            },
        };
    }

    static IEnumerable<Trace> Lines(PictureStudy study, DrawnSetting drawn, Func<EpochPoint, double> value, int panel)
    {
        var trials = drawn.Setting.In(TrialState.Complete).Where(trial => trial.Epochs.Any(point => Images(trial, point) > 0)).ToList();
        var curve = SeedCurve.Of([.. trials.Select(trial => ((double[])[.. trial.Epochs.Select(point => (double)point.Step)], (double[])[.. trial.Epochs.Select(value)]))],
            study.Band ?? SeedBand.Extremes);
        if (curve.X.Length == 0)
        {
            return [];
        }

        double[] images = Array.ConvertAll(curve.X, step => trials.Average(trial => Images(trial, trial.Epochs.First(point => point.Step == step)) ?? double.NaN));
        var line = new ScatterTrace
        {
            Name = drawn.Setting.Label,
            Panel = panel,
            X = images,
            Y = curve.Mean,
            Line = drawn.Line,
            Mode = images.Length <= FewPoints ? ScatterMode.LinesAndMarkers : ScatterMode.Lines,
            Marker = new(drawn.Color, 5),
        };
        return curve.Seeds > 1 ? Band.Around(line, curve.Lower, curve.Upper) : [line];
    }

    /// <summary>Of rules that take one gradient a step, steps tell where gradients were not counted; null where neither does.</summary>
    static double? Images(TrialResult trial, EpochPoint point) =>
        (double.IsFinite(point.Gradients) ? point.Gradients : trial.Cost is { TakesOneGradient: true } ? point.Step : null) * trial.Cost?.BatchSize;
}
