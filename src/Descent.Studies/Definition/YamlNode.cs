namespace Descent.Studies.Definition;

/// <summary>A value of a YAML text that knows where it was written.</summary>
abstract record YamlNode(Place Place)
{
    /// <summary>What the value is, as it ends a sentence: <c>got the text "x"</c>.</summary>
    public abstract string Described { get; }
}

/// <param name="Text">The content, without quotes.</param>
/// <param name="IsPlain">Written without quotes, so that it can be a number or true or false.</param>
sealed record YamlScalar(Place Place, string Text, bool IsPlain) : YamlNode(Place)
{
    /// <summary>Nothing, <c>~</c> or <c>null</c>.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null";

    public override string Described => IsNull ? "nothing" : IsPlain ? Text : $"the text \"{Text}\"";
}

sealed record YamlList(Place Place, IReadOnlyList<YamlNode> Items) : YamlNode(Place)
{
    public override string Described => "a list";
}

/// <summary>Keys with values, in the order of the text; no key stands twice.</summary>
sealed record YamlMapping(Place Place, IReadOnlyList<YamlEntry> Entries) : YamlNode(Place)
{
    public override string Described => "keys with values";

    public YamlNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key == key)?.Value;

    /// <summary>The same with one value set; a new key goes to the end.</summary>
    public YamlMapping With(string key, YamlNode value)
    {
        var entry = new YamlEntry(key, value.Place, value);
        bool isKnown = Entries.Any(x => x.Key == key);
        return this with { Entries = isKnown ? [.. Entries.Select(x => x.Key == key ? entry : x)] : [.. Entries, entry] };
    }

    /// <summary>The same without a key; unchanged where it is absent.</summary>
    public YamlMapping Without(string key) => this with { Entries = [.. Entries.Where(entry => entry.Key != key)] };
}

/// <param name="Place">Where the key stands.</param>
sealed record YamlEntry(string Key, Place Place, YamlNode Value);
