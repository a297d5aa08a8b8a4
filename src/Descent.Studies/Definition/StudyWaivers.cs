using Descent.Studies.Lint;

namespace Descent.Studies.Definition;

/// <summary>The confounds that a study accepts: a list of codes, or codes with the reasons.</summary>
static class StudyWaivers
{
    public const string Key = "waive";

    /// <exception cref="BadInputException">There is no such confound, or one stands twice.</exception>
    public static IReadOnlyList<Waiver> Read(YamlNode? node)
    {
        IReadOnlyList<(YamlNode Node, Waiver Waiver)> read = node switch
        {
            null => [],
            YamlMapping mapping => [.. mapping.Entries.Select(entry => (entry.Value, new Waiver(Known(entry.Place, entry.Key), entry.Value.Text($"{Key}: {entry.Key}"))))],
            _ => [.. node.Items().Select(item => (item, new Waiver(Known(item.Place, item.Text(Key)), "")))],
        };
        return read.GroupBy(x => x.Waiver.Code).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw twice.Last().Node.Place.Mistake($"{Key} names \"{twice.Key}\" twice.") : [.. read.Select(x => x.Waiver)];
    }

    static string Known(Place place, string code) => place.Do(() => LintCatalog.Find(code)).Code;
}
