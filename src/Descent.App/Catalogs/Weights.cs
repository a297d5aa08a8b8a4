using Descent.App.Output;
using Descent.Data;

namespace Descent.App.Catalogs;

/// <summary>Published weights, with where they come from and whether their files are there.</summary>
sealed class Weights(Func<DataFolder> place) : Catalog
{
    readonly Lazy<DataFolder> folder = new(place);

    public override string Kind => "weights";

    public override IEnumerable<string> Names => WeightsCatalog.All.Select(one => one.Name);

    public override void List(Terminal terminal)
    {
        var table = new TextTable(new("Weights", ColumnKind.Name), new("Title"), new("Size", ColumnKind.Number), new("State"));
        foreach (var weights in WeightsCatalog.All)
        {
            table.Row(weights.Name, weights.Title, Format.Bytes(weights.File.Bytes), State(weights));
        }

        table.Write(terminal);
    }

    public override void Describe(string name, Terminal terminal)
    {
        var weights = Find(name);
        terminal.Out.WriteLine($"{weights.Name}: {weights.Title}");
        new FactSheet()
            .Add("Origin", weights.Origin)
            .Add("Licence", weights.Licence)
            .Add("File", $"{weights.File.Path} ({Format.Bytes(weights.File.Bytes)})")
            .Add("State", State(weights))
            .Add("Folder", folder.Value.Path)
            .Write(terminal);
    }

    public override object ToJson(string name)
    {
        var weights = Find(name);
        return new Entry(weights.Name, weights.Title, weights.Origin, weights.Licence, [weights.File.Path], weights.File.Find(folder.Value) is not null,
            folder.Value.Path);
    }

    static PublishedWeights Find(string name) => WeightsCatalog.All.First(one => one.Name == name);

    string State(PublishedWeights weights) => weights.File.Find(folder.Value) is null ? $"not here; descent data get {weights.Name}" : "here";

    sealed record Entry(string Name, string Title, string Origin, string Licence, string[] Files, bool IsPresent, string DataFolder);
}
