using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures;

/// <summary>The gradient norm of each setting in a panel of its own, with every step between the edges of its band: spikes are not averaged
/// away.</summary>
static class GradientPanels
{
    const int MostBins = 120, Columns = 3;

    public static Figure Build(IReadOnlyList<DrawnSetting> drawn)
    {
        long last = Quantity.LastStep(drawn.SelectMany(setting => setting.Setting.Trials));
        long width = StepBins.WidthFor(last, MostBins);
        var panels = drawn.Select(setting => (setting, bins: Bins(setting.Setting, width))).Where(x => x.bins.Count > 0).ToList();
        var norms = panels.SelectMany(x => x.bins).SelectMany(bin => new[] { bin.Low, bin.High }).Where(norm => norm > 0).ToList();
        double low = norms.DefaultIfEmpty(0.1).Min(), high = norms.DefaultIfEmpty(10).Max();
        string average = width == 1 ? "" : $" and {Numbers.Fixed(width, 0)} consecutive steps";
        return new()
        {
            Data = [.. panels.SelectMany((x, i) => Traces(x.setting, x.bins, i + 1))],
            Layout = new()
            {
                Title = "Gradient norm of every step",
                Subtitle = "The band holds every step of every seed, also of those that diverged; the line is the mean over the complete "
                    + $"seeds{average}. All panels have the same axes.",
                Columns = Math.Min(Columns, panels.Count),
                ShowsLegend = false,
                Panels =
                [
                    .. panels.Select(x => new Panel
                    {
                        Title = x.setting.Setting.Label,
                        X = new() { Title = "step", Minimum = 0, Maximum = Math.Max(1, last) },
                        Y = new() { Type = AxisType.Log, Minimum = low / 1.3, Maximum = high * 1.3 },
                    }),
                ],
            },
        };
    }

    static IEnumerable<Trace> Traces(DrawnSetting setting, IReadOnlyList<Bin> bins, int panel)
    {
        var line = new ScatterTrace
        {
            Name = setting.Setting.Label,
            Panel = panel,
            X = bins.Select(bin => bin.Step).ToArray(),
            Y = bins.Select(bin => bin.Mean).ToArray(),
            Line = new(setting.Color, 1.5),
            HoverInfo = HoverInfo.Skip,
        };
        return Band.Around(line, [.. bins.Select(bin => bin.Low)], [.. bins.Select(bin => bin.High)]);
    }

    static IReadOnlyList<Bin> Bins(SettingSummary setting, long width) =>
    [
        .. setting.Trials.SelectMany(trial => Bins(trial, width)).GroupBy(x => x.Bin.Step).OrderBy(same => same.Key).Select(same => new Bin(
            same.Key,
            same.Where(x => x.IsComplete).Select(x => x.Bin.Mean).DefaultIfEmpty(double.NaN).Average(),
            same.Select(x => x.Bin.Low).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min(),
            same.Select(x => x.Bin.High).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max())),
    ];

    static IEnumerable<(bool IsComplete, Bin Bin)> Bins(TrialResult trial, long width)
    {
        var bins = Quantity.Bins(trial, steps => steps.GradientNorm, width);
        bool isComplete = trial.State == TrialState.Complete;
        return bins.Step.Select((step, i) => (isComplete, new Bin(step, bins.Mean[i], bins.Minimum[i], bins.Maximum[i])));
    }

    readonly record struct Bin(double Step, double Mean, double Low, double High);
}
