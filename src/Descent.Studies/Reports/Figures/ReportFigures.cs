using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Reports.Figures;

/// <summary>The charts of a report, with axes chosen so that the end of training, which decides, can be seen.</summary>
static class ReportFigures
{
    /// <summary>Ratio of largest to smallest from which a log axis tells more.</summary>
    const double LogRatio = 30;

    /// <summary>A diverging trial leaves a log axis at this multiple of what the complete trials reach, so that these stay
    /// legible.</summary>
    const double RoomForLoners = 3;

    public static Figure TrainingLoss(IReadOnlyList<DrawnSetting> drawn)
    {
        var trials = drawn.SelectMany(setting => setting.Setting.Trials).ToList();
        bool isPerEpoch = trials.Any(trial => trial.Epochs.Count(point => double.IsFinite(point.TrainLoss)) > 1);
        var curves = new CurveFigure(drawn, isPerEpoch
            ? Quantity.AtEpochs(ValueFormat.Number, point => point.TrainLoss)
            : Quantity.AtSteps(trials, steps => steps.Loss));
        double low = curves.Values.DefaultIfEmpty(1).Min(), high = curves.Values.DefaultIfEmpty(1).Max();
        bool isLog = low > 0 && high / low > LogRatio;
        return Build("Training loss", isPerEpoch ? "epoch" : "step", curves, new()
        {
            Title = isLog ? "training loss, log axis" : "training loss",
            Type = isLog ? AxisType.Log : AxisType.Linear,
            Maximum = curves.HasLoners && high > low ? high + (isLog ? 0 : 0.04 * (high - low)) : null,
        });
    }

    public static Figure TestAccuracy(IReadOnlyList<DrawnSetting> drawn, StudyTarget? target)
    {
        var curves = new CurveFigure(drawn, Quantity.AtEpochs(ValueFormat.Percent, point => point.TestAccuracy));
        double worst = drawn.Select(setting => setting.Setting.FinalTestAccuracy).Where(final => final.Count > 0)
            .Select(final => final.Minimum).DefaultIfEmpty(0).Min();
        double start = Math.Floor(20 * (1 - (3 * (1 - worst)))) / 20;
        bool isCut = start > 0 && curves.Values.Any(value => value < start);
        var figure = Build("Test accuracy", "epoch", curves, new()
        {
            Title = "test accuracy",
            Format = ValueFormat.Percent,
            Minimum = isCut ? start : null,
        });
        var layout = figure.Layout;
        string note = isCut ? $" The axis starts at {Numbers.Percent(start, 0)}." : "";
        var panel = layout.Panels[0] with { ReferenceLines = TargetLines(target, AxisLetter.Y) };
        return figure with { Layout = layout with { Subtitle = layout.Subtitle + note, Panels = [panel] } };
    }

    public static Figure GradientNorm(IReadOnlyList<DrawnSetting> drawn)
    {
        var trials = drawn.SelectMany(setting => setting.Setting.Trials);
        var curves = new CurveFigure(drawn, Quantity.AtSteps(trials, steps => steps.GradientNorm));
        double high = curves.Values.DefaultIfEmpty(0).Max();
        return Build("Gradient norm before clipping", "step", curves, new()
        {
            Title = "gradient norm, log axis",
            Type = AxisType.Log,
            Maximum = curves.HasLoners && high > 0 ? RoomForLoners * high : null,
        });
    }

    /// <summary>A line at the target, if it is one of test accuracy.</summary>
    public static IReadOnlyList<ReferenceLine> TargetLines(StudyTarget? target, AxisLetter axis) =>
        target is { Metric: "test accuracy" } ? [new(axis, target.Value, $"target {SummaryText.Value(target)}")] : [];

    static Figure Build(string title, string clock, CurveFigure curves, Axis y) => new()
    {
        Data = [.. curves.Traces(y.Maximum)],
        Layout = new() { Title = title, Subtitle = curves.Legend, Panels = [new() { X = new() { Title = clock, Minimum = 0 }, Y = y }] },
    };
}
