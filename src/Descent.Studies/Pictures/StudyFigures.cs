using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures;

/// <summary>Charts of one quantity, one panel each.</summary>
static class StudyFigures
{
    public static Figure TrainingLoss(IReadOnlyList<DrawnSetting> drawn)
    {
        var trials = drawn.SelectMany(setting => setting.Setting.Trials).ToList();
        bool isPerEpoch = trials.Any(trial => trial.Epochs.Count(point => double.IsFinite(point.TrainLoss)) > 1);
        var curves = new CurveFigure(drawn, isPerEpoch
            ? Quantity.AtEpochs(ValueFormat.Number, point => point.TrainLoss)
            : Quantity.AtSteps(trials, steps => steps.Loss));
        var axis = CurveAxes.Loss(curves);
        return Build("Training loss", isPerEpoch ? "epoch" : "step", curves,
            axis with { Title = axis.Type == AxisType.Log ? "training loss, log axis" : "training loss" });
    }

    /// <param name="metric">What results are told in.</param>
    public static Figure TestAccuracy(string metric, IReadOnlyList<DrawnSetting> drawn, StudyTarget? target)
    {
        var curves = new CurveFigure(drawn, Quantity.AtEpochs(ValueFormat.Percent, point => point.TestAccuracy));
        double worst = drawn.Select(setting => setting.Setting.FinalTestAccuracy).Where(final => final.Count > 0)
            .Select(final => final.Minimum).DefaultIfEmpty(0).Min();
        double start = CurveAxes.AccuracyStart(curves, worst);
        bool isCut = start > 0;
        var figure = Build($"Test {metric}", "epoch", curves, new()
        {
            Title = $"test {metric}",
            Format = ValueFormat.Percent,
            Minimum = isCut ? start : null,
        });
        var layout = figure.Layout;
        string note = isCut ? $" The axis starts at {Numbers.Percent(start, 0)}." : "";
        var panel = layout.Panels[0] with { ReferenceLines = TargetLines(target, AxisLetter.Y) };
        return figure with { Layout = layout with { Subtitle = layout.Subtitle + note, Panels = [panel] } };
    }

    public static Figure GradientNorm(IReadOnlyList<DrawnSetting> drawn, SeedBand? band = null, string repeat = "seed")
    {
        var trials = drawn.SelectMany(setting => setting.Setting.Trials);
        var curves = new CurveFigure(drawn, Quantity.AtSteps(trials, steps => steps.GradientNorm), band, repeat);
        return Build("Gradient norm before clipping", "step", curves, CurveAxes.Norm(curves) with { Title = "gradient norm, log axis" });
    }

    /// <summary>A line at the target, if it is one of the test split.</summary>
    public static IReadOnlyList<ReferenceLine> TargetLines(StudyTarget? target, AxisLetter axis) =>
        target is { Metric: $"test {MetricName.Accuracy}" or $"test {MetricName.Determination}" } ? [new(axis, target.Value, $"target {SummaryText.Value(target)}")] : [];

    static Figure Build(string title, string clock, CurveFigure curves, Axis y) => new()
    {
        Data = [.. curves.Traces(y.Maximum)],
        Layout = new() { Title = title, Subtitle = curves.Legend, Panels = [new() { X = new() { Title = clock, Minimum = 0 }, Y = y }] },
    };
}
