using System.Globalization;

namespace Descent.Studies.Definition;

/// <summary>Reads what a key must hold, or says in one sentence what it holds instead.</summary>
static class YamlValue
{
    const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>A text, quoted or not.</summary>
    public static string Text(this YamlNode node, string key) =>
        node is YamlScalar { IsNull: false } scalar && (!scalar.IsPlain || scalar.Text.Length > 0) ? scalar.Text
            : throw node.Wrong(key, "be a text");

    /// <summary>A finite number; <c>1e-3</c> and <c>.5</c> are numbers, quoted ones are not.</summary>
    public static double Number(this YamlNode node, string key) => TryNumber(node, out double value) ? value
        : throw node.Wrong(key, "be a number");

    /// <summary>A number without fraction that is at least <paramref name="least"/>; <c>1e3</c> is one.</summary>
    public static long Whole(this YamlNode node, string key, long least) =>
        TryNumber(node, out double value) && value == Math.Floor(value) && value >= least && value <= 1L << 53
            ? (long)value : throw node.Wrong(key, $"be a whole number of at least {least}");

    /// <summary>A seed: a whole number from 0 to 2⁶⁴ − 1.</summary>
    public static ulong Seed(this YamlNode node, string key) =>
        node is YamlScalar { IsPlain: true } scalar
            && ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed : throw node.Wrong(key, "be a whole number from 0 to 18446744073709551615");

    public static bool TryNumber(YamlNode node, out double value)
    {
        value = 0;
        return node is YamlScalar { IsPlain: true } scalar && double.TryParse(scalar.Text, Decimal, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    public static bool TryFlag(YamlNode node, out bool value)
    {
        value = node is YamlScalar { IsPlain: true, Text: "true" };
        return value || node is YamlScalar { IsPlain: true, Text: "false" };
    }

    public static YamlMapping Keys(this YamlNode node, string key) => node as YamlMapping ?? throw node.Wrong(key, "be keys with values");

    /// <summary>A list, or one value that stands for a list of one.</summary>
    public static IReadOnlyList<YamlNode> Items(this YamlNode node) => node is YamlList list ? list.Items : [node];

    /// <summary>Refuses keys that are not known.</summary>
    /// <param name="owner">Who has the keys, with a capital: <c>A study</c>.</param>
    public static void RequireKnown(this YamlMapping mapping, string owner, IReadOnlyList<string> known)
    {
        if (mapping.Entries.FirstOrDefault(entry => !known.Contains(entry.Key)) is { } stranger)
        {
            throw stranger.Place.Mistake($"{owner} has no key \"{stranger.Key}\".{NearestName.Hint(stranger.Key, known)}");
        }
    }

    public static BadInputException Wrong(this YamlNode node, string key, string rule) =>
        node.Place.Mistake($"{key} must {rule}, got {node.Described}.");
}
