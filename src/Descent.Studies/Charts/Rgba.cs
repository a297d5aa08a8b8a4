using System.Globalization;
using System.Text.RegularExpressions;

namespace Descent.Studies.Charts;

/// <summary>A colour as figures write it: <c>#1F4FBF</c>, or <c>rgba(31,79,191,0.2)</c> where it lets shine through:
/// <c>Alpha</c> goes from 0, invisible, to 1, opaque.</summary>
public readonly partial record struct Rgba(byte Red, byte Green, byte Blue, double Alpha)
{
    /// <exception cref="BadInputException">The text is neither form.</exception>
    public static Rgba Parse(string text)
    {
        if (Hexadecimal().IsMatch(text))
        {
            return new(Convert.ToByte(text[1..3], 16), Convert.ToByte(text[3..5], 16), Convert.ToByte(text[5..], 16), 1);
        }

        var parts = Functional().Match(text).Groups;
        return parts[0].Success && Enumerable.Range(1, 3).All(i => int.Parse(parts[i].ValueSpan, CultureInfo.InvariantCulture) <= 255)
            ? new(Channel(1), Channel(2), Channel(3), double.Parse(parts[4].ValueSpan, CultureInfo.InvariantCulture))
            : throw new BadInputException($"figure: a colour must look like #1F4FBF or rgba(31,79,191,0.2), got \"{text}\".");

        byte Channel(int i) => byte.Parse(parts[i].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary><c>#RRGGBB</c>, without the transparency.</summary>
    public string Opaque => $"#{Red:X2}{Green:X2}{Blue:X2}";

    public override string ToString() =>
        Alpha == 1 ? Opaque : string.Create(CultureInfo.InvariantCulture, $"rgba({Red},{Green},{Blue},{Alpha})");

    [GeneratedRegex(@"^#[0-9a-fA-F]{6}\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^rgba\( *(\d{1,3}) *, *(\d{1,3}) *, *(\d{1,3}) *, *(0|1|0?\.\d+|1\.0+) *\)\z")]
    private static partial Regex Functional();
}
