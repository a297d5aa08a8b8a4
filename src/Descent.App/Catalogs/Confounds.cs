using Descent.App.Output;
using Descent.Studies.Lint;

namespace Descent.App.Catalogs;

/// <summary>What <c>descent lint</c> looks for.</summary>
sealed class Confounds : Catalog
{
    public override string Kind => "confounds";

    public override IEnumerable<string> Names => LintCatalog.All.Select(rule => rule.Code);

    public override void List(Terminal terminal)
    {
        var table = new TextTable(new("Confound", ColumnKind.Name), new("Severity", ColumnKind.Name), new("Why it matters"));
        foreach (var rule in LintCatalog.All)
        {
            _ = table.Row(rule.Code, rule.Severity.ToString().ToLowerInvariant(), rule.Reason);
        }

        table.Write(terminal);
        terminal.Out.WriteLine();
        Painter.WriteText(terminal, "Ruled out by construction:");
        var none = new TextTable(new("Confound", ColumnKind.Name), new("What rules it out"));
        foreach (var (code, why) in LintCatalog.RuledOut)
        {
            _ = none.Row(code, why);
        }

        none.Write(terminal);
        terminal.Out.WriteLine();
        Painter.WriteText(terminal, "A study accepts one with waive: [code], or with the reason, waive: { code: why }.");
    }

    public override void Describe(string name, Terminal terminal)
    {
        var rule = LintCatalog.Find(name);
        Painter.WriteText(terminal, $"{rule.Code}: {rule.Severity.ToString().ToLowerInvariant()}. {rule.Reason}");
        Painter.WriteText(terminal, rule.Fix);
    }

    public override object ToJson(string name) => LintCatalog.Find(name) is var rule ? new Entry(rule.Code, rule.Severity, rule.Reason, rule.Fix) : null!;

    sealed record Entry(string Name, Severity Severity, string Reason, string Fix);
}
