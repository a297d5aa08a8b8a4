using Descent.Analysis;
using Descent.Studies.Charts;

namespace Descent.Studies.Pictures.Gauges;

/// <summary>The share of dead units of each ReLU along training: a panel a setting.</summary>
sealed class DeadUnits : IPicture
{
    public string Name => "dead-units";

    public string Shows => "Of each ReLU the share of units that give zero for all images that are looked at, along training.";

    public string? Missing(PictureStudy study) => Gauge.Missing(study, Name, ActivationGauge.NameInStudies);

    public Figure Draw(PictureStudy study)
    {
        var lines = new LayerLines(study, ActivationGauge.NameInStudies, ActivationGauge.Dead);
        return new()
        {
            Data = [.. lines.Settings.SelectMany((drawn, place) => lines.Lines(drawn, ActivationGauge.Dead, place + 1, unit: 100))],
            Layout = new()
            {
                Title = $"Dead units along training of {study.Name}",
                Subtitle = $"A line a layer: units that give zero for every image looked at; means over the complete {study.Repeat}s.{lines.Left}",
                Columns = Math.Min(2, lines.Settings.Count),
                Panels = [.. lines.Settings.Select(drawn => new Panel
                {
                    Title = $"{drawn.Setting.Label}: dead units, %",
                    X = new() { Title = "step", Minimum = 0 },
                    Y = new() { Minimum = 0, Maximum = 100 },
                })],
            },
        };
    }
}
