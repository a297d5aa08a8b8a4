using System.Globalization;
using Descent.Optimizers;
using Descent.Studies.Definition;
using Descent.Studies.Statistics;

namespace Descent.Studies.Protocols;

/// <summary>An optimizer of a protocol: a rule with what it holds fixed; the rest of the rule's search space is searched.</summary>
sealed class ProtocolEntry
{
    readonly UnfoldedEntry entry;
    readonly IReadOnlyList<(string Name, SearchedAttribute Range)> space;

    /// <exception cref="BadInputException">There is no such rule, or it has no search space.</exception>
    public ProtocolEntry(YamlNode node, OptimizerCatalog catalog)
    {
        entry = OptimizerEntryReader.Unfold(node);
        var rule = entry.Place.Do(() => catalog.Find(entry.Optimizer));
        space = [.. rule.Hyperparameters.Where(x => x.Searched is not null && entry.Values[x.Name] is null).Select(x => (x.Name, x.Searched!))];
        if (space.Count == 0)
        {
            throw entry.Place.Mistake($"{entry.Optimizer} has no search space: its record marks no hyperparameter as searched, or all are given.");
        }
    }

    public string Label => entry.Label;

    /// <summary>Scrambled points of Halton's sequence, computed up front: they depend on the seed, their number and the dimension alone.</summary>
    public IEnumerable<YamlNode> Points(int count, ulong seed) => Enumerable.Range(0, count).Select(point => Node(space.Select((x, dimension) =>
        new Setting(x.Name, Rounded(x.Range.At(SearchPoints.At(SearchPoints.Halton, seed, point, dimension)))))));

    /// <summary>The entry at chosen values.</summary>
    public YamlNode With(IReadOnlyList<Setting> chosen) => Node(chosen.Where(x => entry.Values[x.Name] is null));

    YamlNode Node(IEnumerable<Setting> values)
    {
        var with = values.Aggregate(entry, (before, x) => before.With(x.Name, new YamlScalar(entry.Place, x.Value, IsPlain: true)));
        return (with with { Beside = with.Beside.With("label", new YamlScalar(entry.Place, Label, IsPlain: false)) }).ToNode();
    }

    /// <summary>To four digits, which people can write down.</summary>
    static string Rounded(double value) => Hyperparameter.Text(double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
}
