using System.Globalization;
using Descent.Studies.Statistics;

namespace Descent.Studies.Definition;

/// <summary>What loss and accuracy are measured on, and when, as a study says it: <c>evaluate: { train: 1000, every: 5000 }</c> measures a sample of
/// 1,000 training images, and all images of the other parts, each time that 5,000 images have been trained on. In canonical form the values that are
/// given, in the order of <see cref="Keys"/>; empty for whole parts after each epoch.</summary>
public static class StudyEvaluation
{
    public const string Key = "evaluate";

    const string Every = "every";

    static readonly string[] parts = ["train", "validation", "test"];

    /// <summary>Images of each part that are measured, and images between two evaluations.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. parts, Every];

    /// <exception cref="BadInputException">An unknown key, or a value that is no count.</exception>
    internal static IReadOnlyList<Setting> Read(YamlNode? node)
    {
        if (node is null)
        {
            return [];
        }

        var given = node.Keys(Key);
        given.RequireKnown(Key, Keys);
        return [.. Keys.Where(key => given[key] is not null).Select(key => new Setting(key, Count(given[key]!, key)))];
    }

    /// <summary>Images of a part that are measured; null for all.</summary>
    public static int? Images(IReadOnlyList<Setting> evaluation, string part) =>
        evaluation.FirstOrDefault(x => x.Name == part) is { } count ? int.Parse(count.Value, CultureInfo.InvariantCulture) : null;

    /// <summary>Images trained on between two evaluations; null for those of an epoch.</summary>
    public static long? Interval(IReadOnlyList<Setting> evaluation) => Images(evaluation, Every);

    /// <summary>For people: <c>train=1000, every=5000</c>.</summary>
    public static string Short(IReadOnlyList<Setting> evaluation) => string.Join(", ", evaluation.Select(x => $"{x.Name}={x.Value}"));

    static string Count(YamlNode node, string key) => node.Whole($"{Key}: {key}", 1) is var count and <= int.MaxValue
        ? count.ToString(CultureInfo.InvariantCulture) : throw node.Wrong($"{Key}: {key}", $"be at most {int.MaxValue}");
}
