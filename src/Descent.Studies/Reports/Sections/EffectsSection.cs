using Descent.Studies.Statistics;

namespace Descent.Studies.Reports.Sections;

/// <summary>The averages over each hyperparameter, a table each.</summary>
static class EffectsSection
{
    public static void Write(HtmlWriter html, ReportContents contents)
    {
        var heldOut = HeldOut.Of(contents.Model.Trials);
        var effects = MarginalEffect.Of(contents.Model.Trials, heldOut).Where(effect => effect.Key != TrialKeys.Optimizer || contents.Summary.Settings.Count
            > effect.Values.Count).ToList();
        if (effects.Count == 0)
        {
            return;
        }

        html.Element("section", () =>
        {
            html.Words("h2", "Averages over each hyperparameter");
            html.Words("p", "Means ± standard deviations (n − 1) over all complete trials that have the value, whatever else they have. Where not every "
                + "combination was tried, or where trials diverged, a difference may come from something else.", ("class", "small"));
            foreach (var effect in effects)
            {
                html.Element("div", () => html.Element("table", () => Table(html, effect, heldOut, contents.Metric)), ("class", "scroll"));
            }
        }, ("id", "averages"));
    }

    static void Table(HtmlWriter html, MarginalEffect effect, HeldOut heldOut, string metric)
    {
        html.Element("thead", () => html.Element("tr", () =>
        {
            html.Words("th", effect.Key);
            foreach (string heading in new[] { $"Final {heldOut.Split} {metric}", $"Best {heldOut.Split} {metric}", "Trials", "Diverged" })
            {
                html.Words("th", heading, ("class", "number"));
            }
        }));
        html.Element("tbody", () =>
        {
            foreach (var value in effect.Values)
            {
                html.Element("tr", () =>
                {
                    html.Words("td", value.Value);
                    foreach (string cell in new[] { SummaryText.Accuracy(value.FinalAccuracy), SummaryText.Accuracy(value.BestAccuracy), $"{value.Trials}", $"{value.Diverged}" })
                    {
                        html.Words("td", cell, ("class", "number"));
                    }
                });
            }
        });
    }
}
