using Spectre.Console;

namespace Descent.App.Output;

/// <summary>A table for people. Texts wrap where the terminal is narrow; numbers stand to the right and never break.</summary>
sealed class TextTable
{
    readonly Table table = new() { Border = TableBorder.Simple };

    public TextTable(params IReadOnlyList<TextColumn> columns)
    {
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column.Title, new Style(decoration: Decoration.Bold)))
            {
                Alignment = column.Kind == ColumnKind.Number ? Justify.Right : Justify.Left,
                NoWrap = column.Kind != ColumnKind.Text,
                Padding = new(0, 0, 2, 0),
            });
        }
    }

    public TextTable Row(params IEnumerable<string> cells)
    {
        table.AddRow(cells.Select(cell => new Text(cell)));
        return this;
    }

    public void Write(Terminal terminal) => Painter.Write(terminal, table);
}

/// <param name="Kind">How the column stands.</param>
readonly record struct TextColumn(string Title, ColumnKind Kind = ColumnKind.Text);

enum ColumnKind
{
    /// <summary>Wraps where there is no room.</summary>
    Text,

    /// <summary>Stays in one piece.</summary>
    Name,

    /// <summary>Stays in one piece, to the right.</summary>
    Number,
}
