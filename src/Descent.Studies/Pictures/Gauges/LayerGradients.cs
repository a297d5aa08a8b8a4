using Descent.Analysis;
using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Gauges;

/// <summary>Each weight's gradient along training, and how far each step moves it: a row a setting.</summary>
sealed class LayerGradients : IPicture
{
    const int MostSettings = 4, MostWeights = 8;
    const double Thin = 1.6;

    public string Name => "layer-gradients";

    public string Shows => "Of each weight the norm of its gradient along training, and how far a step moves it, ‖Δw‖/‖w‖.";

    public string? Missing(PictureStudy study) => Gauge.Missing(study, Name, GradientGauge.NameInStudies);

    public Figure Draw(PictureStudy study)
    {
        var shown = study.Drawn.Where(drawn => drawn.Setting.Trials.Any(trial => Gauge.HasRead(trial, GradientGauge.NameInStudies))).ToList();
        string left = shown.Count > MostSettings ? $" The first {MostSettings} of {study.Summary.Settings.Count} settings; --where chooses others." : study.Left;
        shown = [.. shown.Take(MostSettings)];
        var all = shown.SelectMany(x => x.Setting.Trials).SelectMany(trial => trial.Gauges).Where(x => x.Gauge == GradientGauge.NameInStudies).SelectMany(x => x.Metrics)
            .Where(x => x.Name.StartsWith(GradientGauge.Norm, StringComparison.Ordinal)).Select(x => x.Name[GradientGauge.Norm.Length..]).Distinct().ToList();
        var weights = Spread(all);
        return new()
        {
            Data = [.. shown.SelectMany((drawn, row) => Traces(drawn, weights, row))],
            Layout = new()
            {
                Title = $"Gradients from layer to layer along training of {study.Name}",
                Subtitle = $"A line a weight, means over the complete {study.Repeat}s; log axes.{(weights.Count < all.Count ? $" {weights.Count} of {all.Count} weights, from the first to the last." : "")}{left}",
                Columns = 2,
                Panels = [.. shown.SelectMany(drawn => new[] { PanelOf($"{drawn.Setting.Label}: gradient norm"), PanelOf($"{drawn.Setting.Label}: update / weight") })],
            },
        };
    }

    static Panel PanelOf(string title) => new() { Title = title, X = new() { Title = "step", Minimum = 0 }, Y = new() { Type = AxisType.Log } };

    static IEnumerable<Trace> Traces(DrawnSetting drawn, IReadOnlyList<string> weights, int row) => weights.SelectMany((weight, place) => new[]
    {
        Line(drawn, GradientGauge.Norm, weight, place, (2 * row) + 1),
        Line(drawn, GradientGauge.Ratio, weight, place, (2 * row) + 2),
    });

    static ScatterTrace Line(DrawnSetting drawn, string metric, string weight, int place, int panel)
    {
        var trials = drawn.Setting.In(TrialState.Complete).ToList();
        var curve = SeedCurve.Of([.. (trials.Count > 0 ? trials : drawn.Setting.Trials.Take(1)).Select(trial => Gauge.Columns(trial, GradientGauge.NameInStudies, metric + weight))
            .Where(columns => columns.X.Length > 0)]);
        return new()
        {
            Name = weight,
            Panel = panel,
            ShowsLegend = panel == 1,
            X = curve.X,
            Y = curve.Mean,
            Line = new(Palette.Color(place), Thin, Palette.DashOf(place)),
            HoverText = [.. curve.X.Zip(curve.Mean, (x, y) => $"{weight}\nstep {Numbers.Significant(x, 7)}: {Numbers.Significant(y)}")],
        };
    }

    /// <summary>The first, the last and some between, evenly.</summary>
    static List<string> Spread(List<string> all) => all.Count <= MostWeights ? all
        : [.. Enumerable.Range(0, MostWeights).Select(i => all[(int)Math.Round(i * (all.Count - 1) / (double)(MostWeights - 1))])];
}
