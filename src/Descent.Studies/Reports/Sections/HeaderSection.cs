using Descent.Studies.Charts;
using Descent.Studies.Reports.Figures;

namespace Descent.Studies.Reports.Sections;

/// <summary>What was asked, of what, and the answer's first facts.</summary>
static class HeaderSection
{
    public static void Write(HtmlWriter html, ReportContents contents) => html.Element("header", () =>
    {
        var model = contents.Model;
        html.Words("p", "Descent · study", ("class", "kicker"));
        html.Words("h1", model.Study);
        if (model.Question.Length > 0)
        {
            html.Words("p", model.Question, ("class", "question"));
        }

        html.Element("p", () =>
        {
            html.Words("strong", model.Workload);
            html.Text(model.WorkloadDescription.Length > 0 ? $" · {model.WorkloadDescription}" : "");
        }, ("class", "workload"));
        html.Element("div", () =>
        {
            foreach (var (label, value, note) in Facts(contents))
            {
                html.Element("div", () =>
                {
                    html.Words("p", label, ("class", "heading"));
                    html.Words("p", value, ("class", "value"));
                    html.Words("p", note, ("class", "note"));
                }, ("class", "fact"));
            }
        }, ("class", "facts"));
    });

    /// <summary>Facts, not verdicts: who is highest is said with the spread beside it.</summary>
    static IEnumerable<(string Label, string Value, string Note)> Facts(ReportContents contents)
    {
        var settings = contents.Summary.Settings;
        if (settings.MaxBy(DrawnSetting.Accuracy) is { FinalTestAccuracy.Count: > 0 } best)
        {
            var final = best.FinalTestAccuracy;
            yield return ("highest mean final test accuracy", SummaryText.Accuracy(final), $"{best.Label}, {Seeds(final.Count)}");
        }

        if (contents.Model.Target is { } target)
        {
            var fastest = settings.Where(setting => setting.Target.MedianSteps is not null).MinBy(setting => setting.Target.MedianSteps);
            yield return ($"fewest steps to {SummaryText.Value(target)}",
                fastest is null ? "not reached" : SummaryText.Steps(fastest.Target.MedianSteps),
                fastest is null ? "by half of any setting's seeds"
                    : $"{fastest.Label}, median; {SummaryText.Reached(fastest.Target)} seeds reached it");
        }

        yield return ("trials", Numbers.Fixed(contents.Model.Trials.Count, 0), States(contents));
        double seconds = contents.Model.Trials.Sum(trial => trial.ProcessorSeconds ?? trial.Seconds ?? 0);
        if (seconds > 0)
        {
            bool isProcessor = contents.Model.Trials.Any(trial => trial.ProcessorSeconds is not null);
            string note = isProcessor ? "of one processor core, all trials" : "all trials, one after another";
            yield return ("time of training", Numbers.Duration(seconds), note);
        }
    }

    static string States(ReportContents contents)
    {
        int complete = contents.Count(TrialState.Complete), all = contents.Model.Trials.Count;
        var others = Enum.GetValues<TrialState>().Where(state => state != TrialState.Complete && contents.Count(state) > 0)
            .Select(state => $"{contents.Count(state)} {state.ToString().ToLowerInvariant()}");
        return all == 0 ? "the study is empty"
            : complete == all ? "all complete"
            : string.Join(", ", others.Prepend($"{complete} complete"));
    }

    static string Seeds(int count) => count == 1 ? "1 seed" : $"{count} seeds";
}
