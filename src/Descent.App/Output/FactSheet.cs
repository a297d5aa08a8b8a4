using Spectre.Console;

namespace Descent.App.Output;

/// <summary>Named facts, one below the other, for <c>describe</c> and <c>info</c>.</summary>
sealed class FactSheet
{
    readonly Grid facts = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new(0, 0, 3, 0) })
        .AddColumn(new GridColumn { Padding = new(0, 0, 0, 0) });

    /// <summary>A fact; nothing when there is nothing to say.</summary>
    public FactSheet Add(string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            facts.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(text));
        }

        return this;
    }

    public void Write(Terminal terminal) => Painter.Write(terminal, facts);
}
