using Descent.Optimizers;

namespace Descent.Studies.Definition;

/// <summary>Reads the entries of a study's optimizers: <c>adam</c>, <c>adam: { learning_rate: 1e-3 }</c>, maybe with <c>label: …</c> or
/// <c>schedule: …</c> beside.</summary>
static class OptimizerEntryReader
{
    /// <summary>The keys that may stand beside the rule's name.</summary>
    public static IReadOnlyList<string> Beside { get; } = ["label", .. SweptKey.Names, .. StudySchedules.Keys, StudyClipping.Key, StudyClipping.NormKey, StudyGroups.Key];

    /// <summary>Whether a key stands beside a rule's name and is none.</summary>
    public static bool IsBeside(string key) => Beside.Contains(key) || key.StartsWith(SweptKey.ModelPrefix, StringComparison.Ordinal);

    /// <summary>Takes an entry apart without looking up its names.</summary>
    public static UnfoldedEntry Unfold(YamlNode node)
    {
        if (node is YamlScalar { IsNull: false } bare)
        {
            return new(bare.Place, bare.Text, new YamlMapping(bare.Place, []), new YamlMapping(bare.Place, []));
        }

        var rules = node is YamlMapping mapping ? mapping.Entries.Where(entry => !IsBeside(entry.Key)).ToList() : [];
        if (rules.Count != 1)
        {
            string got = rules.Count > 1 ? string.Join(" and ", rules.Select(x => $"\"{x.Key}\"")) : node.Described;
            throw node.Place.Mistake(
                $"an optimizer's entry is its name, or its name with hyperparameters (adam: {{ learning_rate: 1e-3 }}), got {got}.");
        }

        var values = rules[0].Value;
        var keys = values is YamlScalar { IsNull: true } ? new YamlMapping(values.Place, []) : values.Keys(rules[0].Key);
        return new(rules[0].Place, rules[0].Key, keys, ((YamlMapping)node).Without(rules[0].Key));
    }

    /// <exception cref="BadInputException">An unknown name, a value of the wrong type or out of range, or values that contradict each
    /// other.</exception>
    public static OptimizerEntry Read(UnfoldedEntry unfolded, OptimizerCatalog catalog)
    {
        var description = unfolded.Place.Do(() => catalog.Find(unfolded.Optimizer));
        if (description.Hyperparameters.FirstOrDefault(x => IsBeside(x.Name)) is { } taken)
        {
            throw unfolded.Place.Mistake($"{unfolded.Optimizer}: no hyperparameter may be called \"{taken.Name}\", which is a key that stands beside an optimizer.");
        }

        var entry = new OptimizerEntry(unfolded.Label, description,
            [.. unfolded.Values.Entries.Select(x => ReadValues(description, x))])
        {
            Schedules = unfolded.Beside.Entries.Where(x => StudySchedules.Keys.Contains(x.Key))
                .ToDictionary(x => x.Key, x => ScheduleReader.Read(x.Value, x.Key)),
            Clip = StudyClipping.Read(unfolded.Beside),
        };
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
/// <param name="Values">What stands under the rule's name.</param>
/// <param name="Beside">What stands beside it.</param>
sealed record UnfoldedEntry(Place Place, string Optimizer, YamlMapping Values, YamlMapping Beside)
{
    public string Label => Beside["label"]?.Text("label") ?? Optimizer;

    public UnfoldedEntry With(string key, YamlNode value) => key != "label" && OptimizerEntryReader.Beside.Contains(key)
        ? this with { Beside = ((StudyClipping.Other(key) ?? SweptKey.Rival(key)) is { } other ? Beside.Without(other) : Beside).With(key, value) } : this with { Values = Values.With(key, value) };

    public YamlNode ToNode() => new YamlMapping(Place, [new(Optimizer, Place, Values), .. Beside.Entries]);
}
