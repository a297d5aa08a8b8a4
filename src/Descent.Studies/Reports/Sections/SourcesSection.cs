using Descent.Studies.Statistics;

namespace Descent.Studies.Reports.Sections;

/// <summary>From every row of the results to its trials and to the commands that show them.</summary>
static class SourcesSection
{
    public static void Write(HtmlWriter html, ReportContents contents) => html.Element("section", () =>
    {
        html.Words("h2", "Where each number comes from");
        html.Element("p", () =>
        {
            html.Text("A trial's id is the hash of its settings, seed and precision among them. ");
            html.Words("code", contents.Command("show"));
            html.Text(" computes the rows again from the stored trials, ");
            html.Words("code", contents.Command("export", "--format csv"));
            html.Text(" prints every point behind the curves, and ");
            html.Words("code", contents.Command("report"));
            html.Text(" writes this page again.");
        });
        html.Element("div", () => html.Element("table", () =>
        {
            html.Element("thead", () => html.Element("tr", () =>
            {
                html.Words("th", "Row");
                html.Words("th", "Trials, by seed");
                html.Words("th", "Shown by");
            }));
            html.Element("tbody", () =>
            {
                foreach (var setting in contents.Summary.Settings)
                {
                    html.Element("tr", () => Row(html, contents, setting));
                }
            });
        }), ("class", "scroll"));
    }, ("id", "sources"));

    static void Row(HtmlWriter html, ReportContents contents, SettingSummary setting)
    {
        html.Words("td", setting.Label);
        html.Element("td", () =>
        {
            foreach (var trial in setting.Trials)
            {
                html.Words("code", SummaryText.ShortId(trial), ("title", $"seed {trial.Seed}: {trial.Id}"));
                html.Text(" ");
            }
        });
        html.Element("td", () => html.Words("code", contents.Command("show")));
    }
}
