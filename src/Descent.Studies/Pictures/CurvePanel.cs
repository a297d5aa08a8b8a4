using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures;

/// <summary>One panel of curves of a picture with several.</summary>
/// <param name="Title">Above the panel.</param>
/// <param name="Quantity">What is drawn.</param>
/// <param name="Axis">The y axis for what is drawn.</param>
sealed record CurvePanel(string Title, Quantity Quantity, Func<CurveFigure, Axis> Axis)
{
    public static CurvePanel TrainLoss { get; } = Loss("Training loss", point => point.TrainLoss);

    public static CurvePanel TrainAccuracy(PictureStudy study) => Accuracy($"Training {study.Metric}", point => point.TrainAccuracy);

    public static CurvePanel Loss(string title, Func<EpochPoint, double> value) =>
        new(title, Quantity.AtEpochs(ValueFormat.Number, value), CurveAxes.Loss);

    public static CurvePanel Accuracy(string title, Func<EpochPoint, double> value) =>
        new(title, Quantity.AtEpochs(ValueFormat.Percent, value), CurveAxes.Accuracy);

    public static CurvePanel HeldOutLoss(PictureStudy study) => Loss($"{Capital(study.HeldOut.Split)} loss", study.HeldOut.Loss);

    public static CurvePanel HeldOutAccuracy(PictureStudy study) => Accuracy($"{Capital(study.HeldOut.Split)} {study.Metric}", study.HeldOut.Accuracy);

    public static CurvePanel StepLoss(PictureStudy study) =>
        new("Training loss of each step", Quantity.AtSteps(study.Drawn.SelectMany(x => x.Setting.Trials), steps => steps.Loss), CurveAxes.Loss);

    /// <summary>The norm of the whole gradient, or, where all trials have measured it, the mean over the parameters of their gradients' norms.</summary>
    public static CurvePanel StepNorm(PictureStudy study)
    {
        var trials = study.Drawn.SelectMany(x => x.Setting.Trials).ToList();
        bool isMean = trials.TrueForAll(trial => !trial.Steps.MeanGradientNorm.IsEmpty);
        return new(isMean ? "Mean over parameters of the gradient norms of each step" : "Gradient norm of each step",
            Quantity.AtSteps(trials, steps => isMean ? steps.MeanGradientNorm : steps.GradientNorm), CurveAxes.Norm);
    }

    /// <summary>All panels as one figure with one legend.</summary>
    public static Figure Sheet(PictureStudy study, string title, int columns, params IReadOnlyList<CurvePanel> panels)
    {
        var drawn = panels.Select(panel => (panel, curves: new CurveFigure(study.Drawn, panel.Quantity, study.Band, study.Repeat)))
            .Select(x => (x.panel, x.curves, axis: x.panel.Axis(x.curves))).ToList();
        // A noisy line is solid where the others are dashed: named by those, it would stand in the legend twice.
        bool namesNoisy = panels.All(panel => panel.Quantity.IsNoisy);
        string legend = string.Join(' ', drawn.OrderByDescending(x => x.panel.Quantity.IsNoisy).Select(x => x.curves.Legend).Where(text => text.Length > 0).Take(1));
        return new()
        {
            Data =
            [
                .. drawn.SelectMany((x, i) => x.curves.Traces(x.axis.Maximum).Select(trace => trace with
                {
                    Panel = i + 1,
                    ShowsLegend = trace.ShowsLegend && (namesNoisy || !x.panel.Quantity.IsNoisy),
                })),
            ],
            Layout = new()
            {
                Title = title,
                Subtitle = legend + study.Left,
                Columns = columns,
                Panels =
                [
                    .. drawn.Select(x => new Panel { Title = x.panel.Title + (x.axis.Type == AxisType.Log ? ", log axis" : ""), X = new() { Title = x.panel.Quantity.Clock, Minimum = 0 }, Y = x.axis }),
                ],
            },
        };
    }

    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
