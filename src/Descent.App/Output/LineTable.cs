using Spectre.Console;

namespace Descent.App.Output;

/// <summary>A table whose rows end in a text of any length: it ends the line, or, where the terminal is too narrow for that, has a line of
/// its own
/// below. The columns before it never wrap.</summary>
/// <param name="trailing">The title of that text.</param>
sealed class LineTable(string trailing, params IReadOnlyList<TextColumn> columns)
{
    const string Gap = "  ";
    const int Indent = 3;

    readonly List<(string[] Cells, string Text)> rows = [];

    /// <param name="text">What ends the line; may be empty.</param>
    public LineTable Row(string text, params string[] cells)
    {
        rows.Add((cells, text));
        return this;
    }

    /// <param name="above">Titles that stand over several columns, with the number of the column where each begins.</param>
    public void Write(Terminal terminal, params IReadOnlyList<(int Column, string Title)> above)
    {
        int[] widths = [.. columns.Select((column, i) => rows.Select(row => row.Cells[i].Length).Append(column.Title.Length).Max())];
        MakeRoom(above, widths);
        int width = 1 + widths.Sum() + (Gap.Length * (widths.Length - 1));
        int widest = rows.Select(row => row.Text.Length).DefaultIfEmpty().Max();
        bool isWide = width + Gap.Length + Math.Max(widest, trailing.Length) <= terminal.Width;
        if (above.Count > 0)
        {
            terminal.Out.WriteLine(Above(above, widths));
        }

        bool isTitled = isWide && widest > 0;
        terminal.Out.WriteLine(Line([.. columns.Select(column => column.Title)], widths, isTitled ? trailing : ""));
        terminal.Out.WriteLine($" {new string('─', width - 1 + (isTitled ? Gap.Length + Math.Max(widest, trailing.Length) : 0))}");
        foreach (var (cells, text) in rows)
        {
            terminal.Out.WriteLine(Line(cells, widths, isWide ? text : ""));
            if (!isWide && text.Length > 0)
            {
                Painter.Write(terminal, new Padder(new Text(text), new Padding(Indent, 0, 0, 0)));
            }
        }
    }

    string Line(string[] cells, int[] widths, string text)
    {
        var padded = cells.Select((cell, i) => columns[i].Kind == ColumnKind.Number ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
        return $" {string.Join(Gap, padded)}{Gap}{text}".TrimEnd();
    }

    /// <summary>Widens the last column under a title that would run into the next one.</summary>
    static void MakeRoom(IReadOnlyList<(int Column, string Title)> above, int[] widths)
    {
        foreach (var ((column, title), (next, _)) in above.Zip(above.Skip(1)))
        {
            int room = widths.Skip(column).Take(next - column).Sum() + (Gap.Length * (next - column));
            widths[next - 1] += Math.Max(0, title.Length + Gap.Length - room);
        }
    }

    static string Above(IReadOnlyList<(int Column, string Title)> above, int[] widths)
    {
        string line = "";
        foreach (var (column, title) in above)
        {
            line = line.PadRight(1 + widths.Take(column).Sum() + (Gap.Length * column)) + title;
        }

        return line;
    }
}
