using Descent.Studies.Statistics;

namespace Descent.Studies.Reports.Sections;

/// <summary>Every trial with its settings.</summary>
static class TrialsSection
{
    public static void Write(HtmlWriter html, ReportContents contents) => html.Element("section", () =>
    {
        html.Words("h2", "Trials and settings");
        if (contents.Model.SharedSettings.Count > 0)
        {
            html.Words("p", "All trials share:");
            SettingList(html, contents.Model.SharedSettings);
        }

        var headings = Headings(contents).ToList();
        html.Element("div", () => html.Element("table", () =>
        {
            html.Element("thead", () => html.Element("tr", () =>
            {
                foreach (var (heading, isNumber) in headings)
                {
                    html.Words("th", heading, ("class", isNumber ? "number" : null));
                }
            }));
            foreach (var setting in contents.Summary.Settings)
            {
                html.Element("tbody", () => Group(html, contents, setting, headings.Count));
            }
        }, ("class", "trials")), ("class", "scroll"));
    }, ("id", "trials"));

    public static void SettingList(HtmlWriter html, IEnumerable<Setting> settings) => html.Element("dl", () =>
    {
        foreach (var setting in settings)
        {
            html.Element("div", () =>
            {
                html.Words("dt", setting.Name);
                html.Words("dd", setting.Value);
            });
        }
    });

    static IEnumerable<(string Heading, bool IsNumber)> Headings(ReportContents contents)
    {
        yield return ("Trial", false);
        yield return ("Seed", true);
        yield return ("State", false);
        yield return ("Final", true);
        yield return ("Best", true);
        if (contents.Model.Target is { } target)
        {
            yield return ($"Steps to {SummaryText.Value(target)}", true);
            yield return ("Epochs", true);
        }

        yield return ("Wall time", true);
        yield return ("Processor time", true);
    }

    static void Group(HtmlWriter html, ReportContents contents, SettingSummary setting, int columns)
    {
        html.Element("tr", () => html.Element("th", () =>
        {
            html.Words("span", setting.Label);
            html.Words("span", SummaryText.Settings(setting.Settings), ("class", "settings"));
        }, ("colspan", $"{columns}"), ("scope", "rowgroup")), ("class", "group"));
        foreach (var trial in setting.Trials)
        {
            html.Element("tr", () =>
            {
                html.Element("td", () => html.Words("code", SummaryText.ShortId(trial)), ("title", trial.Id));
                html.Words("td", $"{trial.Seed}", ("class", "number"));
                bool isNews = trial.State is TrialState.Diverged or TrialState.Failed or TrialState.Pruned;
                html.Words("td", SummaryText.State(trial), ("class", isNews ? "state" : null));
                foreach (string value in Values(contents, trial))
                {
                    html.Words("td", value, ("class", "number"));
                }
            });
        }
    }

    static IEnumerable<string> Values(ReportContents contents, TrialResult trial)
    {
        yield return SummaryText.Accuracy(trial.FinalTestAccuracy);
        yield return SummaryText.Accuracy(trial.BestTestAccuracy);
        if (contents.Model.Target is not null)
        {
            yield return SummaryText.Steps(trial.StepsToTarget);
            yield return SummaryText.Epochs(trial.EpochsToTarget);
        }

        yield return SummaryText.Seconds(trial.Seconds);
        yield return SummaryText.Seconds(trial.ProcessorSeconds);
    }
}
