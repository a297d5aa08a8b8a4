using System.CommandLine;
using Descent.App.Commands;
using Descent.App.Output;
using Descent.Studies.Statistics;

namespace Descent.App.Options;

/// <summary>What a table of settings shows, and in which order.</summary>
sealed class TableOptions
{
    readonly Option<string?> sort = ParsedOption.Text("--sort", "column", "The best of this column first: final, best, seconds, stability, a key of the settings.");

    readonly Option<int?> top = ParsedOption.WholeNumber("--top", "This many rows alone; without --sort the best by final accuracy.");

    readonly Option<string?> columns = ParsedOption.Text("--columns", "names",
        "The table's columns with commas between them, out of those that --sort takes.");

    readonly Option<bool> effects = new("--effects") { Description = "Instead of settings, averages over each hyperparameter." };

    public TrialOptions Trials { get; } = new();

    public IEnumerable<Option> All => [Trials.Where, Trials.GroupBy, sort, top, columns, effects];

    public bool ShowsEffects(Invocation invocation) => invocation.Get(effects);

    /// <summary>The trials put together, in the order that is wanted, and only as many.</summary>
    /// <exception cref="BadInputException">There is no such column or key.</exception>
    public StudySummary Summary(Invocation invocation, IReadOnlyList<TrialResult> trials)
    {
        var keys = Trials.Keys(invocation);
        var summary = StudySummary.From(keys.Count == 0 ? trials : TrialGrouping.By(trials, keys));
        var heldOut = HeldOut.Of(trials);
        string? order = invocation.Get(sort) ?? (invocation.Get(top) is null ? null : heldOut == HeldOut.Validation ? "validation" : "final");
        var settings = order is null ? summary.Settings : SettingColumn.Find(SettingColumn.Of(trials, heldOut), order, "--sort").Sort(summary.Settings);
        return new([.. settings.Take(invocation.Get(top) ?? int.MaxValue)]);
    }

    /// <summary>Prints the columns that are asked for, or those that every study shows.</summary>
    public void Write(Invocation invocation, IReadOnlyList<TrialResult> trials, StudyTarget? target)
    {
        var summary = Summary(invocation, trials);
        if (invocation.Get(columns) is not { } names)
        {
            StudyTable.Write(summary, target, invocation.Terminal, HeldOut.Of(trials));
            return;
        }

        var known = SettingColumn.Of(trials, HeldOut.Of(trials));
        var shown = names.Split(',', StringSplitOptions.TrimEntries).Select(name => SettingColumn.Find(known, name, "--columns")).ToList();
        var table = new TextTable([.. shown.Select(column => new TextColumn(column.Title, column.IsNumber ? ColumnKind.Number : ColumnKind.Text))]);
        foreach (var setting in summary.Settings)
        {
            _ = table.Row(shown.Select(column => column.Text(setting)));
        }

        table.Write(invocation.Terminal);
    }
}
