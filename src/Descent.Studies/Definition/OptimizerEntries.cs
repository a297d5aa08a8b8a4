using Descent.Optimizers;
using Descent.Studies.Statistics;

namespace Descent.Studies.Definition;

/// <summary>From an entry of a study's optimizers to one for each combination of the keys that list several values, or for each setting that a search
/// draws.</summary>
/// <param name="study">Has the values of keys that stand beside no optimizer.</param>
/// <param name="keys">Those that may list several values.</param>
/// <param name="images">To train on: what percentages are of.</param>
/// <param name="search">Null for a grid.</param>
/// <param name="catalog">The rules that entries may name.</param>
sealed class OptimizerEntries(YamlMapping study, IReadOnlyList<SweptKey> keys, int images, StudySearch? search, OptimizerCatalog catalog)
{
    public IEnumerable<OptimizerEntry> Read(YamlNode node)
    {
        var unfolded = OptimizerEntryReader.Unfold(node);
        if (unfolded.Beside.Entries.FirstOrDefault(x => x.Key.StartsWith(SweptKey.ModelPrefix, StringComparison.Ordinal) && keys.All(key => key.Name != x.Key)) is { } stranger)
        {
            throw stranger.Place.Mistake($"the model has no option \"{stranger.Key}\".{NearestName.Hint(stranger.Key, keys.Select(key => key.Name).Except(SweptKey.Names))}");
        }

        var swept = keys.Select(key => (Key: key, Node: Swept(key, unfolded.Beside)!)).Where(x => x.Node is not null).ToList();
        if (swept.FirstOrDefault(x => SweptKey.Rival(x.Key.Name) is { } rival && swept.Any(other => other.Key.Name == rival)) is { Node: { } both })
        {
            throw both.Place.Mistake("an optimizer has a budget of epochs or of steps, not both.");
        }

        var bare = unfolded with { Beside = keys.Aggregate(unfolded.Beside, (beside, key) => beside.Without(key.Name)) };
        var entries = search is null ? Grid(bare, swept) : Searched(search, bare, swept);
        return study[StudyGroups.Key] is null && bare.Beside[StudyGroups.Key] is null ? entries
            : entries.Select(entry => entry with { Groups = StudyGroups.Read(bare.Beside[StudyGroups.Key] ?? study[StudyGroups.Key], entry.Rule) });
    }

    /// <summary>What stands beside the optimizer, or what the study lists for all.</summary>
    YamlNode? Swept(SweptKey key, YamlMapping beside) => beside[key.Name]
        ?? (SweptKey.Rival(key.Name) is { } rival && beside[rival] is not null ? null
            : OfStudy(key.Name) is { } node && key.Unfold(node).Count != 1 ? node : null);

    YamlNode? OfStudy(string key) => key.StartsWith(SweptKey.ModelPrefix, StringComparison.Ordinal)
        ? (study["model"] as YamlMapping)?[key[SweptKey.ModelPrefix.Length..]] : study[key];

    IEnumerable<OptimizerEntry> Grid(UnfoldedEntry bare, List<(SweptKey Key, YamlNode Node)> swept)
    {
        var entry = OptimizerEntryReader.Read(bare, catalog);
        double count = swept.Aggregate(entry.CombinationCount, (product, x) => product * Math.Max(1, x.Key.Unfold(x.Node).Count));
        if (count > StudyDefinition.MostTrials)
        {
            throw bare.Place.Mistake($"{bare.Optimizer} must have at most {StudyDefinition.MostTrials} settings, got {count}.");
        }

        IEnumerable<Setting[]> combinations = [[]];
        foreach (var (key, node) in swept)
        {
            Setting[] values = [.. key.Unfold(node).Select(value => Canonical(key, value))];
            if (values.Length == 0 || values.Distinct().Count() < values.Length)
            {
                throw node is YamlMapping range && SearchDimension.IsContinuous(range)
                    ? range.Place.Mistake($"{key.Name} is a range without \"points\", which only a search draws from.")
                    : node.Place.Mistake($"{key.Name} must list one value or more, none twice.");
            }

            combinations = combinations.SelectMany(before => values.Select(value => (Setting[])[.. before, value]));
        }

        return [.. combinations.Select(own => entry with { Own = own })];
    }

    IEnumerable<OptimizerEntry> Searched(StudySearch space, UnfoldedEntry bare, List<(SweptKey Key, YamlNode Node)> swept)
    {
        // The name first: a mistake in it would be said as one of its values.
        _ = bare.Place.Do(() => catalog.Find(bare.Optimizer));
        int count = bare.Values.Entries.Count;
        List<SearchDimension> dimensions =
        [
            .. bare.Values.Entries.Select(x => $"{bare.Optimizer}: {x.Key}" is var name
                ? SearchDimension.Of(x.Key, name, x.Value, isWhole: false, node => ValueRange.Unfold(node, name)) : null!),
            .. swept.Select(x => SearchDimension.Of(x.Key.Name, x.Key.Name, x.Node, x.Key.IsWhole, x.Key.Unfold)),
        ];
        return [.. space.Draw(dimensions, bare.Label).Select(values =>
        {
            var point = bare with { Values = new(bare.Values.Place, [.. bare.Values.Entries.Zip(values, (entry, value) => entry with { Value = value })]) };
            Setting[] own = [.. swept.Zip(values.Skip(count), (x, value) => Canonical(x.Key, value))];
            return OptimizerEntryReader.Read(point, catalog) with { Own = own };
        })];
    }

    Setting Canonical(SweptKey key, YamlNode value) => new(key.Name, key.Canonical(value, images));
}
