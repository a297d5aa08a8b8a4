using System.Globalization;

namespace Descent.Data;

/// <summary>Height and width of images, in pixels.</summary>
public readonly record struct ImageSides(int Height, int Width)
{
    /// <summary>The most pixels of a side.</summary>
    public const int Largest = 1024;

    /// <summary>What a text must be, as it ends a sentence.</summary>
    public static string Rule { get; } = $"be a side, or a height and a width, from 1 to {Largest}, as in 64 or 48x64";

    /// <summary>Reads <c>64</c> or <c>48x64</c>, height and width; null for what is neither.</summary>
    public static ImageSides? Parse(string text)
    {
        string[] sides = text.Trim().Split('x');
        return sides.Length is 1 or 2 && Side(sides[0]) is { } height && Side(sides[^1]) is { } width ? new ImageSides(height, width) : null;
    }

    /// <summary>The one text that <see cref="Parse"/> reads: <c>64</c> for a square.</summary>
    public override string ToString() => Height == Width ? $"{Height}" : $"{Height}x{Width}";

    static int? Side(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= 1 and <= Largest ? side : null;
}
