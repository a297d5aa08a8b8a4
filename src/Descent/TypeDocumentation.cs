namespace Descent;

/// <summary>The documentation comment of a type as plain text.</summary>
/// <param name="Summary">One line.</param>
/// <param name="Remarks">Paragraphs, parted by empty lines.</param>
/// <param name="Parameters">The texts of a record's parameters, by name.</param>
public sealed record TypeDocumentation(string Summary, string Remarks, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The text of a parameter; empty where the comment has none.</summary>
    public string Parameter(string name) => Parameters.GetValueOrDefault(name, "");
}
