using Descent.Schedules;
using Descent.Studies.Statistics;

namespace Descent.Studies.Definition;

/// <summary>Reads a schedule of a study: <c>cosine</c>, or <c>{ name: cosine, warmup: 500 }</c>.</summary>
static class ScheduleReader
{
    const string NameKey = "name";

    /// <summary>Its values in canonical form; none where it changes nothing.</summary>
    /// <param name="node">What stands under the key.</param>
    /// <param name="key">As in <c>schedule</c>, for messages.</param>
    /// <exception cref="BadInputException">There is no such schedule, or a value is not allowed; the message says where.</exception>
    public static IReadOnlyList<Setting> Read(YamlNode node, string key)
    {
        if (node is YamlScalar { IsNull: false } bare)
        {
            return StudySchedules.Canonical(node.Place.Do(() => SchedulePlan.Create(bare.Text, new Dictionary<string, object>())));
        }

        var mapping = node as YamlMapping
            ?? throw node.Wrong(key, "be a name (cosine), or a name with values ({ name: cosine, warmup: 500 })");
        var nameNode = mapping[NameKey]
            ?? throw node.Place.Mistake($"{key} needs the key \"name\", as in {{ name: cosine, warmup: 500 }}.");
        string name = nameNode.Text($"{key}: name");
        _ = nameNode.Place.Do(() => ScheduleCatalog.Default.Find(name));
        var values = new Dictionary<string, object>();
        foreach (var entry in mapping.Entries.Where(entry => entry.Key != NameKey))
        {
            var hyperparameter = entry.Place.Do(() => SchedulePlan.Hyperparameter(name, entry.Key));
            values[entry.Key] = HyperparameterReader.Read(hyperparameter, entry.Value);
        }

        return StudySchedules.Canonical(node.Place.Do(() => SchedulePlan.Create(name, values)));
    }
}
