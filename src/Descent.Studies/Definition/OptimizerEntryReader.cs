using Descent.Optimizers;

namespace Descent.Studies.Definition;

/// <summary>Reads the entries of a study's optimizers: <c>adam</c>, <c>adam: { learning_rate: 1e-3 }</c>, maybe with <c>label: …</c>
/// beside.</summary>
static class OptimizerEntryReader
{
    const string LabelKey = "label";

    /// <summary>Takes an entry apart without looking up its names.</summary>
    public static UnfoldedEntry Unfold(YamlNode node)
    {
        if (node is YamlScalar { IsNull: false } bare)
        {
            return new(bare.Place, bare.Text, new YamlMapping(bare.Place, []), null);
        }

        var rules = node is YamlMapping mapping ? mapping.Entries.Where(entry => entry.Key != LabelKey).ToList() : [];
        if (rules.Count != 1)
        {
            string got = rules.Count > 1 ? string.Join(" and ", rules.Select(x => $"\"{x.Key}\"")) : node.Described;
            throw node.Place.Mistake(
                $"an optimizer's entry is its name, or its name with hyperparameters (adam: {{ learning_rate: 1e-3 }}), got {got}.");
        }

        var values = rules[0].Value;
        var keys = values is YamlScalar { IsNull: true } ? new YamlMapping(values.Place, []) : values.Keys(rules[0].Key);
        return new(rules[0].Place, rules[0].Key, keys, ((YamlMapping)node)[LabelKey]);
    }

    /// <exception cref="BadInputException">An unknown name, a value of the wrong type or out of range, or values that contradict each
    /// other.</exception>
    public static OptimizerEntry Read(YamlNode node)
    {
        var unfolded = Unfold(node);
        var description = unfolded.Place.Do(() => OptimizerCatalog.Default.Find(unfolded.Optimizer));
        var entry = new OptimizerEntry(unfolded.Label, unfolded.Optimizer,
            [.. unfolded.Values.Entries.Select(x => ReadValues(description, x))]);
        if (entry.CombinationCount > StudyDefinition.MostTrials)
        {
            throw unfolded.Place.Mistake(
                $"{unfolded.Optimizer} must have at most {StudyDefinition.MostTrials} settings, got {entry.CombinationCount}.");
        }

        foreach (var combination in entry.Combinations())
        {
            _ = unfolded.Place.Do(() => entry.Complete(combination));
        }

        return entry;
    }

    static HyperparameterValues ReadValues(OptimizerDescription description, YamlEntry entry)
    {
        var hyperparameter = entry.Place.Do(() => description.Hyperparameter(entry.Key));
        var nodes = ValueRange.Unfold(entry.Value, $"{description.Name}: {entry.Key}");
        var values = nodes.Select(node => Hyperparameter.Text(HyperparameterReader.Read(hyperparameter, node))).ToList();
        return values.Count > 0 && values.Distinct().Count() == values.Count ? new(entry.Key, values)
            : throw entry.Place.Mistake($"{description.Name}: {entry.Key} must list one value or more, none twice.");
    }
}

/// <summary>An entry taken apart.</summary>
/// <param name="Place">Where the rule's name stands.</param>
sealed record UnfoldedEntry(Place Place, string Optimizer, YamlMapping Values, YamlNode? LabelNode)
{
    public string Label => LabelNode?.Text("label") ?? Optimizer;

    public UnfoldedEntry With(string key, YamlNode value) => this with { Values = Values.With(key, value) };

    public YamlNode ToNode()
    {
        var node = new YamlMapping(Place, [new(Optimizer, Place, Values)]);
        return LabelNode is null ? node : node.With("label", LabelNode);
    }
}
