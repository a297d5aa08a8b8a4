using System.Globalization;
using Descent.Studies.Definition;
using Descent.Studies.Statistics;

namespace Descent.App.Output;

/// <summary>Which settings come out where another one does, for people.</summary>
static class MatchText
{
    public static void Write(StudySummary summary, StudyMatch match, Terminal terminal)
    {
        if (SettingMatch.Find(summary, match) is not { } found)
        {
            return;
        }

        terminal.Out.WriteLine();
        terminal.Out.WriteLine($" Training {summary.Metric} after the last step, {found.To.Setting.Label}: {Percent(found.To.Accuracy)} %. The others, in points from it:");
        var table = new TextTable(new TextColumn("Setting", ColumnKind.Name), new TextColumn($"{summary.Metric}, %", ColumnKind.Number),
            new TextColumn("difference", ColumnKind.Number), new TextColumn("standard error", ColumnKind.Number), new TextColumn(""));
        foreach (var (one, i) in found.Others.Select((one, i) => (one, i)))
        {
            bool isWithin = Math.Abs(one.Difference) <= match.Within;
            _ = table.Row(one.Setting.Label, Percent(one.Accuracy), (100 * one.Difference).ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture),
                one.StandardError is { } error ? Format.Fixed(100 * error, 2) : Format.Nothing, $"{(isWithin ? "match" : "")}{(i == 0 ? isWithin ? ", nearest" : "nearest" : "")}");
        }

        table.Write(terminal);
        int count = found.Others.Count(one => Math.Abs(one.Difference) <= match.Within);
        terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $" {count} of {found.Others.Count} lie within {100 * match.Within:0.##} points."));
    }

    static string Percent(SampleStatistics accuracy) => string.Create(CultureInfo.InvariantCulture, $"{100 * accuracy.Mean:F2}")
        + (accuracy.StandardDeviation is { } deviation ? string.Create(CultureInfo.InvariantCulture, $" ± {100 * deviation:F2}") : "");
}
