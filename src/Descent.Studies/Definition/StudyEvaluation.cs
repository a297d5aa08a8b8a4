using System.Globalization;
using Descent.Studies.Statistics;

namespace Descent.Studies.Definition;

/// <summary>What loss and accuracy are measured on, and when, as a study says it: <c>evaluate: { train: 1000, every: 5000 }</c> measures a sample of
/// 1,000 training images, and all images of the other parts, each time that 5,000 images have been trained on; <c>parameters: true</c> adds the mean over the parameters
/// of their gradients' norms at each step, and how widely each weight scatters at the start. In canonical form the values that are
/// given, in the order of <see cref="Keys"/>; empty for whole parts after each epoch.</summary>
public static class StudyEvaluation
{
    public const string Key = "evaluate";

    const string Every = "every", Parameters = "parameters";

    static readonly string[] parts = ["train", "validation", "test"];

    /// <summary>Images of each part that are measured, images between two evaluations, and whether parameters are measured one by one.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. parts, Every, Parameters];

    /// <exception cref="BadInputException">An unknown key, or a value that is no count.</exception>
    internal static IReadOnlyList<Setting> Read(YamlNode? node)
    {
        if (node is null)
        {
            return [];
        }

        var given = node.Keys(Key);
        given.RequireKnown(Key, Keys);
        return [.. Keys.Where(key => given[key] is not null).Select(key => new Setting(key, key == Parameters ? Flag(given[key]!) : Count(given[key]!, key)))
            .Where(one => one.Value != "false")];
    }

    /// <summary>Images of a part that are measured; null for all.</summary>
    public static int? Images(IReadOnlyList<Setting> evaluation, string part) =>
        evaluation.FirstOrDefault(x => x.Name == part) is { } count ? int.Parse(count.Value, CultureInfo.InvariantCulture) : null;

    /// <summary>Images trained on between two evaluations; null for those of an epoch.</summary>
    public static long? Interval(IReadOnlyList<Setting> evaluation) => Images(evaluation, Every);

    /// <summary>Whether parameters are measured one by one.</summary>
    public static bool MeasuresParameters(IReadOnlyList<Setting> evaluation) => evaluation.Any(x => x.Name == Parameters);

    /// <summary>For people: <c>train=1000, every=5000</c>.</summary>
    public static string Short(IReadOnlyList<Setting> evaluation) => string.Join(", ", evaluation.Select(x => $"{x.Name}={x.Value}"));

    static string Flag(YamlNode node) => YamlValue.TryFlag(node, out bool value) ? value ? "true" : "false"
        : throw node.Wrong($"{Key}: {Parameters}", "be true or false");

    static string Count(YamlNode node, string key) => node.Whole($"{Key}: {key}", 1) is var count and <= int.MaxValue
        ? count.ToString(CultureInfo.InvariantCulture) : throw node.Wrong($"{Key}: {key}", $"be at most {int.MaxValue}");
}
