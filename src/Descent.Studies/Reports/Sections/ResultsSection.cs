using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;
using Descent.Studies.Pictures;
using Descent.Studies.Statistics;

namespace Descent.Studies.Reports.Sections;

/// <summary>One row a setting, and its final accuracy as a chart.</summary>
static class ResultsSection
{
    /// <summary>A table longer than this hides a chart below it.</summary>
    const int LongTable = 20;

    public static void Write(HtmlWriter html, ReportContents contents) => html.Element("section", () =>
    {
        html.Words("h2", "Results");
        var chart = FinalAccuracyFigure.Build(contents.Summary, contents.Drawn, contents.Model.Target);
        bool isChartFirst = contents.Summary.Settings.Count > LongTable;
        if (isChartFirst)
        {
            html.Chart(chart);
        }

        html.Element("div", () => html.Element("table", () => Table(html, contents), ("class", "cards")), ("class", "scroll"));
        html.Words("p", Note(contents), ("class", "small"));
        if (!isChartFirst)
        {
            html.Chart(chart);
        }
    }, ("id", "results"));

    static void Table(HtmlWriter html, ReportContents contents)
    {
        html.Element("thead", () => html.Element("tr", () =>
        {
            html.Words("th", "Optimizer");
            foreach (string heading in Headings(contents))
            {
                html.Words("th", heading, ("class", "number"));
            }
        }));
        double highest = contents.Summary.Settings.Select(DrawnSetting.Accuracy).DefaultIfEmpty().Max();
        html.Element("tbody", () =>
        {
            foreach (var setting in contents.Summary.Settings)
            {
                Row(html, contents, setting, isHighest: DrawnSetting.Accuracy(setting) == highest && setting.FinalTestAccuracy.Count > 0);
            }
        });
    }

    static IReadOnlyList<string> Headings(ReportContents contents)
    {
        string[] toTarget = contents.Model.Target is { } target ? [$"Steps to {SummaryText.Value(target)}", "Epochs", "Reached"] : [];
        return ["Seeds", $"Final test {contents.Metric}", $"Best test {contents.Metric}", .. toTarget, "Time", "Stability"];
    }

    static IEnumerable<string> Values(SettingSummary setting, StudyTarget? target, HeldOut heldOut)
    {
        int complete = setting.In(TrialState.Complete).Count();
        yield return complete == setting.Trials.Count ? $"{complete}" : $"{complete} of {setting.Trials.Count}";
        yield return SummaryText.Accuracy(setting.FinalTestAccuracy);
        yield return SummaryText.Accuracy(setting.BestTestAccuracy);
        if (target is not null)
        {
            yield return SummaryText.Steps(setting.Target.MedianSteps);
            yield return SummaryText.Epochs(setting.Target.MedianEpochs);
            yield return SummaryText.Reached(setting.Target);
        }

        yield return SummaryText.Seconds(setting.Seconds);
        yield return SummaryText.Verdict(Stability.Of(setting.Trials, heldOut).Verdict);
    }

    static void Row(HtmlWriter html, ReportContents contents, SettingSummary setting, bool isHighest) => html.Element("tr", () =>
    {
        html.Element("td", () => html.Element("div", () =>
        {
            html.Element("div", () => Sample(html, contents.Drawn.FirstOrDefault(drawn => drawn.Setting == setting)));
            html.Element("div", () => Name(html, setting));
        }, ("class", "label")), ("class", "name"));
        foreach (var (heading, value) in Headings(contents).Zip(Values(setting, contents.Model.Target, HeldOut.Of(setting.Trials))))
        {
            bool isBold = isHighest && heading.StartsWith("Final", StringComparison.Ordinal);
            html.Words("td", value, ("class", isBold ? "number highest" : "number"), ("data-label", heading));
        }
    });

    /// <summary>The label, what it does not say of the settings, and what became of trials that are not complete.</summary>
    static void Name(HtmlWriter html, SettingSummary setting)
    {
        html.Words("strong", setting.Label);
        var told = setting.Label.Split(' ').ToHashSet();
        html.Words("div", SummaryText.Settings(setting.Settings.Where(x => !told.Contains($"{x.Name}={x.Value}"))), ("class", "settings"));
        foreach (var same in setting.Trials.Where(trial => trial.State != TrialState.Complete).GroupBy(SummaryText.State))
        {
            bool isOpen = same.First().State is TrialState.Waiting or TrialState.Running;
            string seeds = (same.Count() == 1 ? "seed " : "seeds ") + string.Join(", ", same.Select(trial => trial.Seed));
            html.Words("div", $"{seeds} {same.Key}", ("class", isOpen ? "settings" : "state"));
        }
    }

    /// <summary>The setting's line as charts draw it.</summary>
    static void Sample(HtmlWriter html, DrawnSetting? drawn)
    {
        if (drawn is not null)
        {
            html.Raw(LineSample.Render(Rgba.Parse(drawn.Color), drawn.Line.Dash));
        }
    }

    static string Note(ReportContents contents)
    {
        string note = $"Final and best {contents.Metric} are mean ± standard deviation (n − 1) over the complete seeds; best is the highest of all "
            + $"evaluations. Time is the mean wall time of training. Unstable is a setting of which the {contents.Metric} of a complete seed still varies by a standard "
            + "deviation of √2 percent points or more over its last ten epochs (the last third of fewer than thirty); stable is not good.";
        return contents.Model.Target is not { } target ? note
            : $"{note} Steps and epochs to {SummaryText.Value(target)} {target.Metric} are medians over all seeds that ended: a seed that "
                + $"missed the target is later than every other, and {SummaryText.None} means that the median seed missed it. Nothing is imputed.";
    }
}
