using Descent.Studies.Comparisons;

namespace Descent.App.Output;

/// <summary>A section of a page for the terminal.</summary>
static class SectionText
{
    const int Gap = 2;

    public static void Write(PageSection section, Terminal terminal)
    {
        terminal.Out.WriteLine();
        Painter.WriteText(terminal, section.Title);
        if (section.Text.Length > 0)
        {
            Painter.WriteText(terminal, section.Text);
        }

        if (section.Rows.Count == 0)
        {
            return;
        }

        // The last text of a row may be long: it ends the line, or has one of its own.
        bool hasText = section.Columns.Count > 1 && !section.Columns[^1].IsNumber;
        var blocks = Blocks(section, section.Columns.Count - (hasText ? 1 : 0), terminal.Width);
        foreach (var (i, columns) in blocks.Index())
        {
            bool endsInText = hasText && i == blocks.Count - 1;
            var table = new LineTable(endsInText ? section.Columns[^1].Title : "",
                [.. columns.Select(column => section.Columns[column]).Select(column => new TextColumn(column.Title, column.IsNumber ? ColumnKind.Number : ColumnKind.Name))]);
            foreach (var row in section.Rows)
            {
                _ = table.Row(endsInText ? row[^1] : "", [.. columns.Select(column => row[column])]);
            }

            if (i > 0)
            {
                terminal.Out.WriteLine();
            }

            table.Write(terminal);
        }
    }

    /// <summary>The columns of each table: all in one, or, where they are wider than the terminal, one below the other with the first column in each.</summary>
    static List<List<int>> Blocks(PageSection section, int count, int width)
    {
        int[] widths = [.. Enumerable.Range(0, count).Select(column => section.Rows.Select(row => row[column].Length).Append(section.Columns[column].Title.Length).Max() + Gap)];
        var blocks = new List<List<int>> { new() { 0 } };
        foreach (int column in Enumerable.Range(1, count - 1))
        {
            var last = blocks[^1];
            // The blank at the line's beginning is one less than a gap at its end.
            if (last.Count > 1 && last.Sum(x => widths[x]) + widths[column] - 1 > width)
            {
                blocks.Add([0, column]);
            }
            else
            {
                last.Add(column);
            }
        }

        return blocks;
    }
}
