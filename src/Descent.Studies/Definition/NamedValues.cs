namespace Descent.Studies.Definition;

/// <summary>A name with values, as a study writes a schedule or a clipping: <c>cosine</c>, or <c>{ name: cosine, warmup: 500 }</c>.</summary>
/// <param name="Place">Where it stands.</param>
sealed record NamedValues(Place Place, string Name, IReadOnlyDictionary<string, object> Values)
{
    const string NameKey = "name";

    /// <param name="node">What stands under the key.</param>
    /// <param name="key">As in <c>schedule</c>, for messages.</param>
    /// <param name="example">As in <c>{ name: cosine, warmup: 500 }</c>, for messages.</param>
    /// <param name="hyperparameter">Finds a hyperparameter by the name of what has it and by its own.</param>
    /// <exception cref="BadInputException">It is neither, or a value is not allowed; the message says where.</exception>
    public static NamedValues Read(YamlNode node, string key, string example, Func<string, string, Hyperparameter> hyperparameter)
    {
        if (node is YamlScalar { IsNull: false } bare)
        {
            return new(node.Place, bare.Text, new Dictionary<string, object>());
        }

        var mapping = node as YamlMapping ?? throw node.Wrong(key, $"be a name, or a name with values ({example})");
        var nameNode = mapping[NameKey] ?? throw node.Place.Mistake($"{key} needs the key \"name\", as in {example}.");
        string name = nameNode.Text($"{key}: name");
        var values = new Dictionary<string, object>();
        foreach (var entry in mapping.Entries.Where(entry => entry.Key != NameKey))
        {
            values[entry.Key] = HyperparameterReader.Read(entry.Place.Do(() => hyperparameter(name, entry.Key)), entry.Value);
        }

        return new(nameNode.Place, name, values);
    }

    /// <summary>Makes what the name and the values say; a mistake is said where they stand.</summary>
    public T Create<T>(Func<string, IReadOnlyDictionary<string, object>, T> create) => Place.Do(() => create(Name, Values));
}
