using System.Globalization;

namespace Descent;

/// <summary>What a hyperparameter that is a text may be, on the parameter of the record's constructor.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public abstract class TextRuleAttribute : Attribute
{
    /// <summary>What must hold, as it ends a sentence that begins with the hyperparameter's name.</summary>
    public abstract string Rule { get; }

    /// <summary>The one form of a text that says what is given; null where it is not allowed.</summary>
    public abstract string? Canonical(string given);

    /// <summary>As in <c>one-cycle: shape must be cosine or linear, got "cosin". Did you mean "cosine"?</c></summary>
    public virtual string Message(string owner, string name, string given) => $"{owner}: {name} must {Rule}, got \"{given}\".";
}

/// <summary>One of a few words.</summary>
public sealed class ChoiceAttribute(params string[] choices) : TextRuleAttribute
{
    public IReadOnlyList<string> Choices { get; } = choices;

    public override string Rule => $"be {string.Join(", ", Choices.SkipLast(1))} or {Choices[^1]}";

    public override string? Canonical(string given) => Choices.Contains(given) ? given : null;

    public override string Message(string owner, string name, string given) => base.Message(owner, name, given)
        + (NearestName.Find(given, Choices) is { } nearest ? $" Did you mean \"{nearest}\"?" : "");
}

/// <summary>Numbers in brackets, each larger than the one before: <c>[30, 60, 80]</c>.</summary>
public sealed class RisingNumbersAttribute : TextRuleAttribute
{
    public override string Rule => "list rising positive numbers, as in [30, 60, 80]";

    public override string? Canonical(string given) => Read(given) is { } numbers
        ? $"[{string.Join(", ", numbers.Select(x => Hyperparameter.Text(x)))}]" : null;

    /// <summary>The numbers; null where the text is not such a list.</summary>
    public static IReadOnlyList<double>? Read(string text)
    {
        var trimmed = text.Trim();
        if (trimmed is not ['[', .., ']'])
        {
            return null;
        }

        var numbers = new List<double>();
        foreach (string part in trimmed[1..^1].Split(','))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number)
                || number <= numbers.LastOrDefault())
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers;
    }
}
