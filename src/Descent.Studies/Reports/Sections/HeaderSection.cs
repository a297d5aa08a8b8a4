using Descent.Studies.Charts;
using Descent.Studies.Statistics;

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

    /// <summary>Facts, not verdicts: who is highest is said with the spread beside it, and ties are ties.</summary>
    static IEnumerable<(string Label, string Value, string Note)> Facts(ReportContents contents)
    {
        var settings = contents.Summary.Settings;
        var best = Leaders(settings.Where(setting => setting.FinalTestAccuracy.Count > 0), setting => -setting.FinalTestAccuracy.Mean);
        if (best.Length > 0)
        {
            var final = best[0].FinalTestAccuracy;
            yield return ($"highest mean final test {contents.Metric}", SummaryText.Accuracy(final), $"{Names(best)}, {Seeds(final.Count)}");
        }

        if (contents.Model.Target is { } target)
        {
            var fastest = Leaders(settings.Where(setting => setting.Target.MedianSteps is not null), setting => setting.Target.MedianSteps!.Value);
            yield return ($"fewest steps to {SummaryText.Value(target)}",
                fastest.Length == 0 ? "not reached" : SummaryText.Steps(fastest[0].Target.MedianSteps),
                fastest.Length == 0 ? "by half of any setting's seeds" : $"median of {Names(fastest)}{Reached(fastest)}");
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

    /// <summary>All settings that share the smallest value.</summary>
    static SettingSummary[] Leaders(IEnumerable<SettingSummary> settings, Func<SettingSummary, double> value) =>
        settings.GroupBy(value).MinBy(same => same.Key)?.ToArray() ?? [];

    static string Names(SettingSummary[] settings) =>
        settings.Length <= 3 ? string.Join(" and ", settings.Select(setting => setting.Label)) : $"{settings.Length} settings alike";

    /// <summary>How many seeds reached the target; nothing where settings that tie differ in it.</summary>
    static string Reached(SettingSummary[] settings) =>
        settings.All(setting => setting.Target.Reached == settings[0].Target.Reached && setting.Target.Of == settings[0].Target.Of)
            ? $"; {SummaryText.Reached(settings[0].Target)} seeds reached it"
            : "";

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
