using System.Globalization;

namespace Descent.Studies.Definition;

/// <summary>What a search draws for one key: a value of a range, one of a list, or the one value that there is.</summary>
/// <param name="Key">As in <c>learning_rate</c>.</param>
/// <param name="IsFixed">There is nothing to draw.</param>
/// <param name="At">The value at a coordinate in [0, 1).</param>
sealed record SearchDimension(string Key, bool IsFixed, Func<double, YamlNode> At)
{
    /// <param name="name">For messages: <c>adam: learning_rate</c>.</param>
    /// <param name="isWhole">Whether values of a range are rounded to whole numbers; else to four digits, which people can write down.</param>
    /// <param name="unfold">The values of what is not a range without points.</param>
    public static SearchDimension Of(string key, string name, YamlNode node, bool isWhole, Func<YamlNode, IReadOnlyList<YamlNode>> unfold)
    {
        if (node is YamlMapping range && IsContinuous(range))
        {
            var (from, to, isLog) = ValueRange.Ends(range, name);
            return new(key, IsFixed: false, share => Scalar(range, ValueRange.At(from, to, isLog, share), isWhole));
        }

        var choices = unfold(node);
        return choices.Count == 0 ? throw node.Place.Mistake($"{name} must list one value or more, none twice.")
            : new(key, choices.Count == 1, share => choices[(int)(share * choices.Count)]);
    }

    /// <summary>Whether a mapping is a range that only a search can draw from.</summary>
    public static bool IsContinuous(YamlMapping range) => range["points"] is null && (range["from"] is not null || range["to"] is not null);

    static YamlScalar Scalar(YamlMapping range, double value, bool isWhole) => new(range.Place,
        Hyperparameter.Text(isWhole ? Math.Round(value) : double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        IsPlain: true);
}
