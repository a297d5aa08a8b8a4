using Descent.App.Output;
using Descent.Studies.Protocols;

namespace Descent.App.Catalogs;

/// <summary>The protocols that come with Descent.</summary>
sealed class Protocols : Catalog
{
    public override string Kind => "protocols";

    public override IEnumerable<string> Names => ProtocolFile.Names;

    public override void List(Terminal terminal)
    {
        var table = new TextTable(new("Protocol", ColumnKind.Name), new("Workloads"), new("Trials", ColumnKind.Number), new("Question"));
        foreach (var protocol in ProtocolFile.Names.Select(name => ProtocolFile.Find(name)!))
        {
            int trials = (protocol.Workloads.Count * protocol.TrialsPerWorkload) + (protocol.Baselines is { } baselines ? baselines.Workloads.Count * baselines.TrialsPerWorkload : 0);
            _ = table.Row(protocol.Name, string.Join(", ", protocol.Workloads), Format.Count(trials), protocol.Question);
        }

        table.Write(terminal);
        terminal.Out.WriteLine();
        Painter.WriteText(terminal, "As in: descent run protocol-small. Each optimizer is tuned on each workload, then compared at other seeds; descent compare protocol-small tells the result.");
    }

    public override void Describe(string name, Terminal terminal)
    {
        Painter.WriteText(terminal, $"{name}: {ProtocolFile.Find(name)!.Question}");
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(ProtocolFile.Text(name).TrimEnd());
    }

    public override object ToJson(string name) => ProtocolFile.Find(name) is { } x
        ? new Entry(x.Name, x.Question, x.Workloads, x.Trials, x.TuningSeeds, x.Seeds, x.Labels, ProtocolFile.Text(name)) : null!;

    sealed record Entry(string Name, string Question, IReadOnlyList<string> Workloads, int Trials, IReadOnlyList<ulong> TuningSeeds, IReadOnlyList<ulong> Seeds,
        IReadOnlyList<string> Optimizers, string Definition);
}
