using Descent.Optimizers.Clipping;
using Descent.Studies.Statistics;

namespace Descent.Studies.Definition;

/// <summary>The clipping of gradients as a study says it: <c>clip: { name: percentile, percentile: 10 }</c>, or <c>clip_norm: 1</c>, which is
/// short for <c>clip: { name: norm, limit: 1 }</c>. In canonical form a list of all values, <c>name</c> first; empty for none.</summary>
public static class StudyClipping
{
    /// <summary>The keys of a study and of its optimizers' entries.</summary>
    public const string Key = "clip", NormKey = "clip_norm";

    const string None = "none", Norm = "norm";

    /// <summary>The key that a value under this one replaces; null where it replaces none.</summary>
    internal static string? Other(string key) => key == Key ? NormKey : key == NormKey ? Key : null;

    /// <summary>What stands under either key; null where none of them stands.</summary>
    /// <exception cref="BadInputException">Both stand, there is no such clipping, or a value is not allowed; the message says where.</exception>
    internal static IReadOnlyList<Setting>? Read(YamlMapping mapping)
    {
        if (mapping[NormKey] is { } norm)
        {
            return mapping[Key] is { } both
                ? throw both.Place.Mistake($"gradients are clipped by {Key} or by {NormKey}, not by both.")
                : norm.Number(NormKey) is var limit and > 0 ? Canonical(new ClipByNorm(limit)) : throw norm.Wrong(NormKey, "be positive");
        }

        return mapping[Key] switch
        {
            null => null,
            YamlScalar { Text: None } => [],
            var node => Canonical(NamedValues.Read(node, Key, "{ name: percentile, percentile: 10 }",
                (name, key) => ClippingCatalog.Default.Find(name).Hyperparameter(key))
                .Create((name, values) => ClippingCatalog.Default.Find(name).Create(values))),
        };
    }

    /// <summary>The clipping that canonical values say; null for none.</summary>
    /// <exception cref="BadInputException">There is no such clipping, or no longer.</exception>
    public static IClipping? Create(IReadOnlyList<Setting> clip) => clip.Count == 0 ? null
        : ClippingCatalog.Default.Find(clip[0].Value).Create(clip.Skip(1).ToDictionary(x => x.Name, x => (object)x.Value));

    /// <summary>For people: <c>norm(limit=1)</c>; <c>none</c> for none.</summary>
    public static string Short(IReadOnlyList<Setting> clip) => clip.Count == 0 ? None
        : $"{clip[0].Value}({string.Join(", ", clip.Skip(1).Select(x => $"{x.Name}={x.Value}"))})";

    /// <summary>The limit of a clipping by the global norm; null for every other.</summary>
    internal static string? NormLimit(IReadOnlyList<Setting> clip) => clip is [{ Value: Norm }, var limit] ? limit.Value : null;

    /// <summary>The canonical values of a clipping by the global norm.</summary>
    internal static IReadOnlyList<Setting> ByNorm(string limit) => [new("name", Norm), new("limit", limit)];

    static IReadOnlyList<Setting> Canonical(IClipping clipping)
    {
        var description = ClippingCatalog.Default.Of(clipping);
        return [new("name", description.Name), .. description.Values(clipping).Select(x => new Setting(x.Key, Hyperparameter.Text(x.Value)))];
    }
}
