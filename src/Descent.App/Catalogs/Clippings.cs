using Descent.App.Output;
using Descent.Optimizers.Clipping;

namespace Descent.App.Catalogs;

/// <summary>The ways to clip gradients, as their records and documentation comments describe them.</summary>
sealed class Clippings : Catalog
{
    static readonly RecordCatalog<IClipping> All = ClippingCatalog.Default;

    public override string Kind => "clippings";

    public override IEnumerable<string> Names => All.Names;

    public override void List(Terminal terminal)
    {
        var table = new TextTable(new("Clipping", ColumnKind.Name), new("What it is"), new("Hyperparameters and defaults"));
        foreach (var clipping in All.All)
        {
            table.Row(clipping.Name, clipping.Summary,
                string.Join(", ", clipping.Hyperparameters.Select(x => $"{x.Name}={Hyperparameter.Text(x.Default)}")));
        }

        table.Write(terminal);
        terminal.Out.WriteLine();
        Painter.WriteText(terminal, "As in: --set clip=percentile --set clip.percentile=50, or in a study file "
            + "clip: { name: percentile, percentile: 50 }. clip_norm: 1 is short for clip: { name: norm, limit: 1 }. "
            + "A gradient that is not finite ends a training as diverged, or, with non_finite: skip, its step is left out.");
    }

    public override void Describe(string name, Terminal terminal)
    {
        var clipping = All.Find(name);
        RecordPage.Write(clipping, terminal);
        terminal.Out.WriteLine();
        RecordPage.WriteHyperparameters(clipping.Hyperparameters, x => x.Default, terminal);
    }

    public override object ToJson(string name)
    {
        var clipping = All.Find(name);
        return new Entry(clipping.Name, clipping.Summary, clipping.Remarks, clipping.Source,
            [.. clipping.Hyperparameters.Select(x => new HyperparameterEntry(x.Name, x.Default, x.Allowed, x.Documentation))]);
    }

    sealed record Entry(string Name, string Summary, string Remarks, string Source, HyperparameterEntry[] Hyperparameters);

    sealed record HyperparameterEntry(string Name, object Default, string Range, string Meaning);
}
