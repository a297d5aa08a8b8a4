using Descent.Analysis;
using Descent.Studies.Charts;

namespace Descent.Studies.Pictures.Gauges;

/// <summary>Each weight's gradient along training, and how far each step moves it: a row a setting.</summary>
sealed class LayerGradients : IPicture
{
    public string Name => "layer-gradients";

    public string Shows => "Of each weight the norm of its gradient along training, and how far a step moves it, ‖Δw‖/‖w‖.";

    public string? Missing(PictureStudy study) => Gauge.Missing(study, Name, GradientGauge.NameInStudies);

    public Figure Draw(PictureStudy study)
    {
        var lines = new LayerLines(study, GradientGauge.NameInStudies, GradientGauge.Norm);
        return new()
        {
            Data = [.. lines.Settings.SelectMany((drawn, row) => lines.Lines(drawn, GradientGauge.Norm, (2 * row) + 1).Zip(lines.Lines(drawn, GradientGauge.Ratio, (2 * row) + 2))
                .SelectMany(both => new[] { both.First, both.Second }))],
            Layout = new()
            {
                Title = $"Gradients from layer to layer along training of {study.Name}",
                Subtitle = $"A line a weight, means over the complete {study.Repeat}s; log axes.{lines.Left}",
                Columns = 2,
                Panels = [.. lines.Settings.SelectMany(drawn => new[] { PanelOf($"{drawn.Setting.Label}: gradient norm"), PanelOf($"{drawn.Setting.Label}: update / weight") })],
            },
        };
    }

    static Panel PanelOf(string title) => new() { Title = title, X = new() { Title = "step", Minimum = 0 }, Y = new() { Type = AxisType.Log } };
}
