using Descent.App.Output;
using Descent.Studies.Pictures;

namespace Descent.App.Catalogs;

/// <summary>The pictures that <c>descent plot</c> draws.</summary>
sealed class Pictures : Catalog
{
    const string Images = "The first images of each class of a data set, a workload or a study, with their labels.";

    public override string Kind => "pictures";

    public override IEnumerable<string> Names => PictureCatalog.All.Select(picture => picture.Name).Append(ImageGrid.Name);

    public override void List(Terminal terminal)
    {
        var table = new TextTable(new("Picture", ColumnKind.Name), new("Shows"));
        foreach (var picture in PictureCatalog.All)
        {
            table.Row(picture.Name, picture.Shows);
        }

        table.Row(ImageGrid.Name, Images);

        table.Write(terminal);
    }

    public override void Describe(string name, Terminal terminal)
    {
        Painter.WriteText(terminal, $"{name}: {Shows(name)}");
        Painter.WriteText(terminal, $"descent plot <study> {name} -o {name}.svg");
    }

    public override object ToJson(string name) => new Entry(name, Shows(name));

    static string Shows(string name) => name == ImageGrid.Name ? Images : PictureCatalog.Find(name).Shows;

    sealed record Entry(string Name, string Shows);
}
