using System.Reflection;
using Descent.Optimizers;
using Descent.Studies.Definition;

namespace Descent.Studies.Protocols;

/// <summary>Finds and reads protocols: files with the key <c>workloads</c>, and those that come with Descent.</summary>
public static class ProtocolFile
{
    const string Extension = ".yaml", Key = "workloads", Quick = "quick", Targets = "targets";

    static readonly string prefix = $"{typeof(ProtocolFile).Namespace}.";

    /// <summary>Those that come with Descent.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(ProtocolFile).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
        .Select(name => name[prefix.Length..^Extension.Length]).Order(StringComparer.Ordinal)];

    /// <summary>The text of one that comes with Descent.</summary>
    public static string Text(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(prefix + name + Extension)!);
        return reader.ReadToEnd();
    }

    /// <summary>The protocol of a name or a file; null where it is neither a name of a protocol nor a file of one.</summary>
    /// <exception cref="BadInputException">The file is a protocol and has a mistake.</exception>
    public static ProtocolDefinition? Find(string nameOrPath, OptimizerCatalog? catalog = null, StudyForm form = StudyForm.Full)
    {
        bool isFile = File.Exists(nameOrPath);
        if (!isFile && !Names.Contains(nameOrPath))
        {
            return null;
        }

        string source = isFile ? nameOrPath : nameOrPath + Extension;
        return YamlText.Read(isFile ? StudyFile.ReadText(nameOrPath) : Text(nameOrPath), source) is YamlMapping file && file[Key] is not null
            ? Parse(file, new(source), catalog ?? OptimizerCatalog.Default, form) : null;
    }

    /// <summary>A quick form gives seeds and tuning in place of the protocol's, also those of its targets, and its other keys to every workload.</summary>
    static ProtocolDefinition Parse(YamlMapping file, Place place, OptimizerCatalog catalog, StudyForm form)
    {
        var full = file.Without(Quick);
        if (form == StudyForm.Full)
        {
            return new(full, place, catalog);
        }

        var quick = file[Quick]?.Keys(Quick) ?? throw place.Mistake("the protocol has no quick form: it needs a section like quick: { epochs: 1, seeds: [0, 1] }.");
        string[] own = ["seeds", "tuning", Targets];
        string name = file["name"]?.Text("name") ?? Path.GetFileNameWithoutExtension(place.Source);
        var workloads = quick.Entries.Where(entry => !own.Contains(entry.Key)).Aggregate(full[Key]!.Items(), (items, entry) =>
            [.. items.Select(item => (YamlNode)item.Keys(Key).With(entry.Key, entry.Value))]);
        var changed = quick.Entries.Where(entry => own.Contains(entry.Key)).Aggregate(full, (before, entry) => before.With(entry.Key, entry.Key == Targets ? Over(before[Targets], entry.Value) : entry.Value));
        return new(changed.With(Key, new YamlList(place, [.. workloads])).With("name", new YamlScalar(place, $"{name}-quick", IsPlain: true))
            .With("question", new YamlScalar(place, $"{file["question"]?.Text("question")} (Quick form, not the protocol itself.)".TrimStart(), IsPlain: false)), place, catalog);
    }

    static YamlNode Over(YamlNode? full, YamlNode quick) => full is YamlMapping keys ? quick.Keys(Targets).Entries.Aggregate(keys, (all, entry) => all.With(entry.Key, entry.Value)) : quick;
}
