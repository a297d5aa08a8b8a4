using Descent.App.Output;
using Descent.Studies.Pictures;

namespace Descent.App.Catalogs;

/// <summary>The pictures that <c>descent plot</c> draws.</summary>
sealed class Pictures : Catalog
{
    public override string Kind => "pictures";

    public override IEnumerable<string> Names => PictureCatalog.All.Select(picture => picture.Name);

    public override void List(Terminal terminal)
    {
        var table = new TextTable(new("Picture", ColumnKind.Name), new("Shows"));
        foreach (var picture in PictureCatalog.All)
        {
            table.Row(picture.Name, picture.Shows);
        }

        table.Write(terminal);
    }

    public override void Describe(string name, Terminal terminal)
    {
        Painter.WriteText(terminal, $"{name}: {PictureCatalog.Find(name).Shows}");
        Painter.WriteText(terminal, $"descent plot <study> {name} -o {name}.svg");
    }

    public override object ToJson(string name) => new Entry(name, PictureCatalog.Find(name).Shows);

    sealed record Entry(string Name, string Shows);
}
