namespace Descent.Studies.Charts.Svg;

/// <summary>How wide text is, without a font at hand.</summary>
/// <remarks>The widths are those of DejaVu Sans, one of the widest among the fonts that a reader may have, so that what fits here fits
/// everywhere. Characters outside of ASCII count as a full em, which holds for CJK and is more than enough for the rest.</remarks>
static class TextMetrics
{
    /// <summary>Advance of the characters 32 to 126 in thousandths of an em.</summary>
    static ReadOnlySpan<short> Advances =>
    [
        317, 400, 459, 837, 636, 950, 779, 274, 390, 390, 500, 837, 317, 360, 317, 336, 636, 636, 636, 636, 636, 636, 636, 636,
        636, 636, 336, 336, 837, 837, 837, 530, 1000, 684, 686, 698, 770, 631, 575, 774, 751, 294, 294, 655, 557, 862, 748, 787,
        603, 787, 694, 634, 610, 731, 684, 988, 685, 610, 685, 390, 336, 390, 837, 500, 500, 612, 634, 549, 634, 615, 352, 634,
        633, 277, 277, 579, 277, 974, 633, 611, 634, 634, 411, 520, 392, 633, 591, 817, 591, 591, 524, 636, 336, 636, 837,
    ];

    /// <summary>Width in pixels of one line of text of the given font size.</summary>
    public static double Width(string text, double size)
    {
        double thousandths = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            thousandths += rune.Value switch
            {
                >= 32 and <= 126 => Advances[rune.Value - 32],
                0xA0 or 0xB7 => 317,
                >= 0x2070 and <= 0x209F or 0xB9 or 0xB2 or 0xB3 => 437,
                _ => 1000,
            };
        }

        return thousandths * size / 1000;
    }

    /// <summary>Bold letters are wider.</summary>
    public static double BoldWidth(string text, double size) => 1.13 * Width(text, size);

    /// <summary>The text, or its beginning and an ellipsis, not wider than the room.</summary>
    public static FittedText Fit(string text, double room, double size)
    {
        if (Width(text, size) <= room)
        {
            return new(text, text);
        }

        double width = Width("…", size);
        int length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Width(rune.ToString(), size);
            if (width > room)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return new(text[..length].TrimEnd() + "…", text);
    }

    /// <summary>The text in lines not wider than the room, broken at blanks, of which the last one takes the ellipsis.</summary>
    public static IReadOnlyList<FittedText> Wrap(string text, double room, double size, int most)
    {
        var lines = new List<FittedText>();
        string rest = text.ReplaceLineEndings(" ").Trim();
        while (rest.Length > 0)
        {
            string line = lines.Count == most - 1 ? rest : Head(rest, room, size);
            rest = rest[line.Length..].TrimStart();
            var fitted = Fit(line.TrimEnd(), room, size);
            lines.Add(fitted.IsCut ? fitted with { Whole = text } : fitted);
        }

        return lines;
    }

    /// <summary>As many whole words as fit, at least one.</summary>
    static string Head(string text, double room, double size)
    {
        for (int blank = text.IndexOf(' '), last = -1; ; last = blank, blank = text.IndexOf(' ', blank + 1))
        {
            string head = blank < 0 ? text : text[..blank];
            if (Width(head, size) > room)
            {
                return last < 0 ? head : text[..last];
            }

            if (blank < 0)
            {
                return text;
            }
        }
    }
}

/// <summary>Text that was cut to the room it has.</summary>
readonly record struct FittedText(string Shown, string Whole)
{
    public bool IsCut => Shown != Whole;

    public static implicit operator FittedText(string text) => new(text, text);
}
