using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures;

/// <summary>Final test accuracy twice: as bars from zero, which do not exaggerate, and as points near each other, which show every
/// seed.</summary>
static class FinalAccuracyFigure
{
    /// <summary>More bars than this are no longer a picture.</summary>
    const int Most = 30;
    const string Undrawn = "#8B949E";

    public static Figure Build(StudySummary summary, IReadOnlyList<DrawnSetting> drawn, StudyTarget? target)
    {
        var shown = summary.Settings.Count <= Most ? summary.Settings
            : [.. summary.Settings.OrderByDescending(DrawnSetting.Accuracy).Take(Most)];
        var colors = drawn.ToDictionary(setting => setting.Setting, setting => setting.Color);
        string which = shown.Count == summary.Settings.Count ? ""
            : $" The {Most} highest of {summary.Settings.Count} settings; the table has all.";
        var bars = new Panel
        {
            X = ShareAxis.Of(shown.Select(setting => setting.FinalTestAccuracy.Mean)),
            Y = new() { Title = "mean ± standard deviation", Type = AxisType.Category, IsReversed = true },
            ReferenceLines = StudyFigures.TargetLines(target, AxisLetter.X),
        };
        var seeds = bars with
        {
            X = new() { Format = ValueFormat.Percent },
            Y = bars.Y with { Title = "every seed (rings) and their mean, enlarged" },
        };
        return new()
        {
            Data = [.. shown.SelectMany(setting => Traces(setting, colors.GetValueOrDefault(setting, Undrawn)))],
            Layout = new()
            {
                Title = $"Final test {summary.Metric}",
                Subtitle = "After the last step, over the complete seeds; standard deviations divide by n − 1." + which,
                Columns = 2,
                ShowsLegend = false,
                BarMode = BarMode.Overlay,
                Panels = [bars, seeds],
            },
        };
    }

    static IEnumerable<Trace> Traces(SettingSummary setting, string color)
    {
        var final = setting.FinalTestAccuracy;
        var errors = new ErrorBars(new[] { final.StandardDeviation ?? double.NaN });
        string text = Text(setting);
        yield return new BarTrace
        {
            Name = setting.Label,
            Orientation = Orientation.Horizontal,
            X = new[] { final.Mean },
            Y = new[] { setting.Label },
            ErrorX = errors,
            Text = [text],
            HoverText = [$"{setting.Label}\n{text}"],
            Marker = new(color),
        };
        var seeds = setting.In(TrialState.Complete).Where(trial => double.IsFinite(trial.FinalTestAccuracy ?? double.NaN)).ToList();
        yield return new ScatterTrace
        {
            Name = setting.Label,
            Panel = 2,
            Mode = ScatterMode.Markers,
            X = new[] { final.Mean },
            Y = new[] { setting.Label },
            ErrorX = errors,
            Marker = new(color, 6, MarkerSymbol.Diamond),
            HoverText = [$"{setting.Label}\n{text}"],
        };
        yield return new ScatterTrace
        {
            Name = setting.Label,
            Panel = 2,
            Mode = ScatterMode.Markers,
            X = seeds.Select(trial => trial.FinalTestAccuracy!.Value).ToArray(),
            Y = seeds.Select(_ => setting.Label).ToArray(),
            Marker = new(color, 9, MarkerSymbol.Ring),
            HoverText = [.. seeds.Select(trial => $"{setting.Label}, seed {trial.Seed}: {SummaryText.Accuracy(trial.FinalTestAccuracy)}")],
        };
    }

    /// <summary>The mean, with how many seeds it is over when some are missing; or why there is none.</summary>
    static string Text(SettingSummary setting)
    {
        int complete = setting.FinalTestAccuracy.Count, diverged = setting.In(TrialState.Diverged).Count();
        return complete == setting.Trials.Count ? SummaryText.Accuracy(setting.FinalTestAccuracy)
            : complete > 0 ? $"{SummaryText.Accuracy(setting.FinalTestAccuracy)}, {complete} of {setting.Trials.Count}"
            : diverged == setting.Trials.Count ? (diverged == 1 ? SummaryText.State(setting.Trials[0]) : $"all {diverged} seeds diverged")
            : "no complete trial";
    }
}
