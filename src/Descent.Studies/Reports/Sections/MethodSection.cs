using System.Globalization;
using Descent.Studies.Statistics;

namespace Descent.Studies.Reports.Sections;

/// <summary>When, where and with which code the trials ran.</summary>
static class MethodSection
{
    public static void Write(HtmlWriter html, ReportContents contents) => html.Element("section", () =>
    {
        html.Words("h2", "When and where it ran");
        var places = contents.Model.Trials.Where(trial => trial.Environment is not null).GroupBy(trial => trial.Environment!).ToList();
        foreach (var place in places)
        {
            var trials = new Setting("trials", $"{place.Count()} of {contents.Model.Trials.Count}");
            TrialsSection.SettingList(html, Described(place.Key).Append(trials));
        }

        if (places.Count > 1)
        {
            const string Several = "The trials ran in several places or with several versions of the code; their times do not compare.";
            html.Words("p", Several, ("class", "state"));
        }

        var ends = contents.Model.Trials.Where(trial => trial.EndedAt is not null).Select(trial => trial.EndedAt!.Value).Order().ToList();
        string ended = ends.Count == 0 ? "No trial has ended yet."
            : ends.Count == 1 ? $"The first trial ended {Time(ends[0])}."
            : $"The first trial ended {Time(ends[0])}, the last {Time(ends[^1])}.";
        html.Words("p", $"{ended} This page was written {Time(contents.Model.WrittenAt)}.", ("class", "small"));
    }, ("id", "places"));

    static IEnumerable<Setting> Described(RunEnvironment place) =>
    [
        new("machine", place.Machine),
        new("cores", place.Cores.ToString(CultureInfo.InvariantCulture)),
        new("vectors", string.Create(CultureInfo.InvariantCulture, $"{place.VectorBits} bits")),
        new("runtime", place.Runtime),
        new("commit", place.Commit),
    ];

    static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
