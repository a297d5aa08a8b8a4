using Descent.App.Output;
using Descent.Layers;

namespace Descent.App.Catalogs;

/// <summary>The schemes of initial weights.</summary>
sealed class Initializations : Catalog
{
    public override string Kind => "initializations";

    public override IEnumerable<string> Names => InitializationCatalog.All.Select(scheme => scheme.Name);

    public override void List(Terminal terminal)
    {
        var table = new TextTable(new("Initialization", ColumnKind.Name), new("What it is"), new("Options and defaults"));
        foreach (var scheme in InitializationCatalog.All)
        {
            table.Row(scheme.Name, scheme.Summary, string.Join(", ", scheme.Options.Select(option => $"{option.Name}={option.Default}")));
        }

        table.Write(terminal);
    }

    public override void Describe(string name, Terminal terminal)
    {
        var scheme = InitializationCatalog.Find(name);
        Painter.WriteText(terminal, $"{scheme.Name}: {scheme.Summary}");
        if (scheme.Options.Count == 0)
        {
            return;
        }

        var table = new TextTable(new("Option", ColumnKind.Name), new("Default", ColumnKind.Name), new("Must"));
        foreach (var option in scheme.Options)
        {
            table.Row(option.Name, option.Default, option.Rule);
        }

        terminal.Out.WriteLine();
        table.Write(terminal);
        terminal.Out.WriteLine();
        string example = string.Join(", ", scheme.Options.Take(2).Select(option => $"{option.Name}={option.Default}"));
        terminal.Out.WriteLine($"As in: --initialization \"{scheme.Name}({example})\"");
    }

    public override object ToJson(string name)
    {
        var scheme = InitializationCatalog.Find(name);
        return new Entry(scheme.Name, scheme.Summary,
            [.. scheme.Options.Select(option => new OptionEntry(option.Name, option.Default, option.Rule))]);
    }

    sealed record Entry(string Name, string Summary, OptionEntry[] Options);

    /// <param name="Rule">What must hold, as it follows "must".</param>
    sealed record OptionEntry(string Name, string Default, string Rule);
}
