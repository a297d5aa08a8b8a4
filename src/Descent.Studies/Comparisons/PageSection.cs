namespace Descent.Studies.Comparisons;

/// <summary>A part of the page of a comparison, the same in the terminal and in the report: a heading, a text, a table, any of them empty.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Text">What is said.</param>
/// <param name="Columns">Headings of the table.</param>
/// <param name="Rows">The table's cells.</param>
public sealed record PageSection(string Title, string Text, IReadOnlyList<PageColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public PageSection(string title, string text)
        : this(title, text, [], [])
    {
    }
}

/// <param name="Title">Above the column.</param>
/// <param name="IsNumber">Whether its cells stand to the right.</param>
public sealed record PageColumn(string Title, bool IsNumber = true);
