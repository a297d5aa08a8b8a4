namespace Descent.Studies.Definition;

/// <summary>Values of a YAML text in one line.</summary>
static class YamlWriting
{
    public static string Text(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.Text,
        YamlList list => $"[{string.Join(", ", list.Items.Select(Text))}]",
        YamlMapping mapping => $"{{ {string.Join(", ", mapping.Entries.Select(entry => $"{entry.Key}: {Text(entry.Value)}"))} }}",
        _ => throw new ArgumentException($"{node.Described} has no text."),
    };
}
