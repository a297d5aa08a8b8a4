using Descent.App.Output;
using Descent.Data;

namespace Descent.App.Catalogs;

/// <summary>The data sets, with where they come from and whether their files are there.</summary>
sealed class DataSets(Func<DataFolder> place) : Catalog
{
    readonly Lazy<DataFolder> folder = new(place);

    public override string Kind => "datasets";

    public override IEnumerable<string> Names => DataCatalog.All.Select(set => set.Name);

    public override void List(Terminal terminal)
    {
        var table = new TextTable(new("Data set", ColumnKind.Name), new("Title"), new("Images", ColumnKind.Number),
            new("Train", ColumnKind.Number), new("Test", ColumnKind.Number), new("Licence"), new("State"));
        foreach (var set in DataCatalog.All)
        {
            table.Row(set.Name, set.Title, $"{set.Shape}", Format.Count(TrainCount(set)), Format.Count(TestCount(set)), set.Licence,
                State(set));
        }

        table.Write(terminal);
        terminal.Out.WriteLine();
        terminal.Out.WriteLine($"Files are looked for in {folder.Value.Path}");
    }

    public override void Describe(string name, Terminal terminal)
    {
        var set = DataCatalog.Find(name);
        Painter.WriteText(terminal, $"{set.Name}: {set.Title}");
        new FactSheet()
            .Add("Origin", set.Origin)
            .Add("Licence", set.Licence)
            .Add("Images", $"{set.Shape} (height × width × channels), {Format.Count(TrainCount(set))} to train, "
                + $"{Format.Count(TestCount(set))} to test"
                + (set.DrawnTestCount > 0 ? ", drawn by the study's split_seed" : ", as published"))
            .Add("Classes", string.Join(", ", set.ClassNames))
            .Add("Normalization", set.Normalization.Name)
            .Add("Files", string.Join('\n', set.Files.Select(file => $"{file.Path} ({Format.Bytes(file.Bytes)})")))
            .Add("State", State(set))
            .Add("Folder", set.IsBuiltIn ? null : folder.Value.Path)
            .Write(terminal);
    }

    public override object ToJson(string name)
    {
        var set = DataCatalog.Find(name);
        return new Entry(set.Name, set.Title, set.Origin, set.Licence, [set.Shape.Height, set.Shape.Width, set.Shape.Channels],
            set.ClassNames, TrainCount(set), TestCount(set), set.Normalization.Name, [.. set.Files.Select(file => file.Path)],
            Missing(set).Count == 0, folder.Value.Path);
    }

    static int TrainCount(DataSetDescription set) => set.TrainCount - set.DrawnTestCount;

    static int TestCount(DataSetDescription set) => set.TestCount + set.DrawnTestCount;

    List<DataFile> Missing(DataSetDescription set) => [.. set.Files.Where(file => file.Find(folder.Value) is null)];

    string State(DataSetDescription set) => set.IsBuiltIn ? "ships with Descent"
        : Missing(set).Count == 0 ? "here" : $"not here; descent data get {set.Name}";

    sealed record Entry(string Name, string Title, string Origin, string Licence, int[] Shape, IReadOnlyList<string> Classes,
        int TrainImages, int TestImages, string Normalization, string[] Files, bool IsPresent, string DataFolder);
}
