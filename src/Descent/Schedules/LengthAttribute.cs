namespace Descent.Schedules;

/// <summary>A length of time in a schedule: 0 for all that there is, below 1 a share of it, from 1 on a number of steps (of epochs, where
/// the schedule moves once an epoch).</summary>
public sealed class LengthAttribute : RangeAttribute
{
    public override string Rule => "be 0, a share below 1, or a whole number of steps";

    public override bool Contains(double value) => value is >= 0 and < 1 || (value == Math.Floor(value) && double.IsFinite(value) && value > 0);

    /// <summary>The length in units of time. A share is rounded to whole ones, at least 1.</summary>
    public static double Of(double value, double all) => value switch
    {
        0 => all,
        < 1 => Math.Max(1, Math.Round(value * all)),
        _ => value,
    };
}

/// <summary>Lengths in brackets, rising: shares below 1 of all that there is, or numbers of steps from 1 on.</summary>
public sealed class LengthsAttribute : TextRuleAttribute
{
    static readonly RisingNumbersAttribute numbers = new();
    static readonly LengthAttribute length = new();

    public override string Rule => "list rising lengths, shares below 1 or whole numbers of steps, as in [0.5, 0.75] or [30, 60, 80]";

    public override string? Canonical(string given) => RisingNumbersAttribute.Read(given) is { } read && read.All(length.Contains)
        ? numbers.Canonical(given) : null;
}
