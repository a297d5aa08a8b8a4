using System.Globalization;

namespace Descent.Studies.Charts;

/// <summary>Numbers as people write them: grouped thousands, a real minus sign, powers of ten with raised digits.</summary>
public static class Numbers
{
    const string NoBreak = "\u00A0";

    /// <summary>With so many significant digits: <c>0.01234</c>, <c>1,234</c>, <c>1.23×10⁻⁷</c>. Trailing zeros go.</summary>
    public static string Significant(double value, int digits = 4)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "not a number" : value > 0 ? "infinite" : "−infinite";
        }

        double rounded = double.Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        rounded = double.IsFinite(rounded) ? rounded : value;
        int exponent = Exponent(rounded);
        return rounded != 0 && exponent is < -4 or >= 7
            ? Scientific(rounded, digits - 1, "0.##############")
            : Minus(rounded.ToString($"#,0.{new string('#', Math.Max(0, digits - 1 - exponent))}", CultureInfo.InvariantCulture));
    }

    /// <summary>With so many digits after the point: <c>12,345.60</c>.</summary>
    public static string Fixed(double value, int decimals) => Minus(value.ToString($"N{decimals}", CultureInfo.InvariantCulture));

    /// <summary>A fraction in percent: 0.9741 is <c>97.41 %</c>.</summary>
    public static string Percent(double fraction, int decimals = 2) => Fixed(100 * fraction, decimals) + NoBreak + "%";

    /// <summary><c>2.5×10⁻⁷</c>, or <c>10⁻⁷</c> when the factor is one and no digits are asked for; 1 and 10 are left alone.</summary>
    public static string Scientific(double value, int decimals, string? factorFormat = null)
    {
        if (value == 0)
        {
            return "0";
        }

        int exponent = Exponent(value);
        string factor = (value / Math.Pow(10, exponent)).ToString(factorFormat ?? $"F{decimals}", CultureInfo.InvariantCulture);
        if (decimals == 0 && exponent is 0 or 1)
        {
            return Fixed(value, 0);
        }

        return (decimals == 0 && factor is "1" or "-1" ? Minus(factor.Replace("1", "")) : Minus(factor) + "×") + "10" + Raised(exponent);
    }

    /// <summary>Seconds with the unit that suits them: <c>0.84 s</c>, <c>12.3 s</c>, <c>3 min 20 s</c>, <c>2 h 05 min</c>.</summary>
    public static string Duration(double seconds)
    {
        var whole = TimeSpan.FromSeconds(Math.Round(seconds));
        return seconds < 59.95 ? Fixed(seconds, seconds < 9.995 ? 2 : 1) + NoBreak + "s"
            : seconds < 3599.5 ? $"{whole.Minutes}{NoBreak}min{NoBreak}{whole.Seconds:00}{NoBreak}s"
            : $"{(long)whole.TotalHours:N0}{NoBreak}h{NoBreak}{whole.Minutes:00}{NoBreak}min";
    }

    /// <summary>The exponent of the power of ten at or below the magnitude, where a magnitude that is a power of ten but for rounding
    /// counts as one; 0 for zero.</summary>
    internal static int Exponent(double value)
    {
        if (value == 0)
        {
            return 0;
        }

        string text = Math.Abs(value).ToString("E12", CultureInfo.InvariantCulture);
        return int.Parse(text.AsSpan(text.IndexOf('E') + 1), CultureInfo.InvariantCulture);
    }

    static string Minus(string text) => text.Replace('-', '−');

    static string Raised(int exponent) =>
        string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
}
