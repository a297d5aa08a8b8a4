using Descent.Studies.Comparisons;

namespace Descent.App.Output;

/// <summary>A section of a page for the terminal.</summary>
static class SectionText
{
    public static void Write(PageSection section, Terminal terminal)
    {
        terminal.Out.WriteLine();
        Painter.WriteText(terminal, section.Title);
        if (section.Text.Length > 0)
        {
            Painter.WriteText(terminal, section.Text);
        }

        if (section.Rows.Count > 0)
        {
            // The last text of a row may be long: it ends the line, or has one of its own.
            bool hasText = section.Columns.Count > 1 && !section.Columns[^1].IsNumber;
            int cells = section.Columns.Count - (hasText ? 1 : 0);
            var table = new LineTable(hasText ? section.Columns[^1].Title : "", [.. section.Columns.Take(cells).Select(column =>
                new TextColumn(column.Title, column.IsNumber ? ColumnKind.Number : ColumnKind.Name))]);
            foreach (var row in section.Rows)
            {
                _ = table.Row(hasText ? row[^1] : "", [.. row.Take(cells)]);
            }

            table.Write(terminal);
        }
    }
}
