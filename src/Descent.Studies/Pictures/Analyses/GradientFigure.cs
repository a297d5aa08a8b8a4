using Descent.Analysis;
using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>The gradients of layers as a picture: their norms from layer to layer for each model, and of one model how their numbers and the activations are spread.</summary>
public static class GradientFigure
{
    public static Figure Draw(IReadOnlyList<(string Label, GradientFlow Flow)> models, string place)
    {
        bool isSingle = models.Count == 1;
        List<Panel> panels =
        [
            new() { Title = "Gradient norm of each weight", X = new() { Type = AxisType.Category }, Y = new() { Title = "mean over batches", Type = AxisType.Log } },
            new() { Title = "Standard deviation of each output", X = new() { Type = AxisType.Category }, Y = new() { Type = AxisType.Log } },
        ];
        if (isSingle)
        {
            panels.Add(new() { Title = "Numbers of the gradients", X = new() { Title = "log₁₀ |g|" }, Y = new() { Title = "share" } });
            panels.Add(new() { Title = "Activations", X = new() { Title = "value (those beyond ±6 at the ends)" }, Y = new() { Title = "share", Type = AxisType.Log } });
        }

        return new Figure
        {
            Data =
            [
                .. models.SelectMany((model, i) => new Trace[]
                {
                    Over(model.Label, i, 1, [.. model.Flow.Weights.Select((x, k) => $"{k + 1}")], [.. model.Flow.Weights.Select(x => x.MeanNorm)],
                        [.. model.Flow.Weights.Select(x => $"{model.Label}, {x.Name}: {Numbers.Significant(x.MeanNorm)}")]),
                    Over(model.Label, i, 2, [.. model.Flow.Activations.Select((x, k) => $"{k + 1}")], [.. model.Flow.Activations.Select(x => x.Deviation)],
                        [.. model.Flow.Activations.Select(x => $"{model.Label}, {x.Name}: {Numbers.Significant(x.Deviation)}")]) with { ShowsLegend = false },
                }),
                .. isSingle ? models[0].Flow.Weights.Select((x, i) => Spread(x.Name, i, 3, x.Magnitudes)) : [],
                .. isSingle ? models[0].Flow.Activations.Select((x, i) => Spread(x.Name, i, 4, x.Values)) : [],
            ],
            Layout = new()
            {
                Title = "Gradients from layer to layer",
                Subtitle = place,
                Description = string.Join(" ", models.Select(model => $"{model.Label}: {model.Flow.Verdict}")),
                Panels = panels,
                Columns = 2,
            },
        };
    }

    static ScatterTrace Over(string name, int series, int panel, string[] x, double[] y, string[] hover) => new()
    {
        Name = name,
        Panel = panel,
        X = x,
        Y = y,
        Mode = ScatterMode.LinesAndMarkers,
        Line = Palette.Line(series),
        Marker = Palette.Marker(series) with { Size = 5 },
        HoverText = hover,
    };

    static ScatterTrace Spread(string name, int series, int panel, Histogram histogram)
    {
        double total = Math.Max(1, histogram.Counts.Sum());
        return new()
        {
            Name = name,
            Panel = panel,
            X = histogram.Centers.ToArray(),
            Y = histogram.Counts.Select(count => count == 0 ? double.NaN : count / total).ToArray(),
            Line = Palette.Line(series) with { Dash = Dash.Solid, Width = 1.6 },
        };
    }
}
