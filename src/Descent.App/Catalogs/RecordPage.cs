using Descent.App.Output;

namespace Descent.App.Catalogs;

/// <summary>What the type and the documentation comment of a catalog's record say, for people.</summary>
static class RecordPage
{
    /// <summary>Name and summary, the paragraphs of the remarks, the source.</summary>
    public static void Write<TRecord>(RecordDescription<TRecord> record, Terminal terminal) where TRecord : class, ICatalogRecord
    {
        Painter.WriteText(terminal, $"{record.Name}: {record.Summary}");
        terminal.Out.WriteLine();
        foreach (string paragraph in record.Remarks.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            new FactSheet().Add("", paragraph).Write(terminal);
            terminal.Out.WriteLine();
        }

        new FactSheet().Add("Source", record.Source).Write(terminal);
    }

    /// <summary>A line a hyperparameter; nothing where there are none.</summary>
    public static void WriteHyperparameters(IReadOnlyList<Hyperparameter> hyperparameters, Func<Hyperparameter, object> byDefault,
        Terminal terminal)
    {
        if (hyperparameters.Count == 0)
        {
            return;
        }

        var table = new TextTable(new("Hyperparameter", ColumnKind.Name), new("Default", ColumnKind.Number), new("Range", ColumnKind.Name),
            new("Meaning"));
        foreach (var hyperparameter in hyperparameters)
        {
            table.Row(hyperparameter.Name, Hyperparameter.Text(byDefault(hyperparameter)), hyperparameter.Allowed, hyperparameter.Documentation);
        }

        table.Write(terminal);
    }
}
