using System.Globalization;

namespace Descent.Workloads.Own;

/// <summary>Something that a user may say about a layer.</summary>
/// <param name="Name">As in <c>filters</c>.</param>
/// <param name="Default">Its text; null where it must be given, empty where it may have no value.</param>
/// <param name="Rule">What must hold, as it ends a sentence that begins with the name.</param>
/// <param name="Canonical">From a user's text to the one text that means the same; null where the rule is broken.</param>
public sealed record LayerParameter(string Name, string? Default, string Rule, Func<string, string?> Canonical)
{
    // What a side, a number of filters or of units can be before a mistake is more likely.
    const int Largest = 1 << 20;

    /// <param name="word">A word that may stand instead; null for none.</param>
    public static LayerParameter Whole(string name, string? byDefault, int least = 1, string? word = null) =>
        new(name, byDefault, $"be a whole number of at least {least}{(word is null ? "" : $", or {word}")}", text =>
            text == word ? text
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= Largest
                ? value.ToString(CultureInfo.InvariantCulture) : null);

    public static LayerParameter Number(string name, string? byDefault, string rule, Func<double, bool> holds) =>
        new(name, byDefault, rule, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && holds(value)
            ? Hyperparameter.Text(value) : null);

    public static LayerParameter Flag(string name, string byDefault) => new(name, byDefault, "be true or false", text => text is "true" or "false" ? text : null);
}
