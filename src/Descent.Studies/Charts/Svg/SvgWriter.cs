using System.Globalization;
using System.Xml;

namespace Descent.Studies.Charts.Svg;

/// <summary>Writes elements, escaped and well-formed by construction, in a form that HTML parsers read the same way.</summary>
sealed class SvgWriter(TextWriter writer) : IDisposable
{
    readonly XmlWriter xml = XmlWriter.Create(writer, new() { OmitXmlDeclaration = true, ConformanceLevel = ConformanceLevel.Fragment });

    public SvgWriter Open(string element, params ReadOnlySpan<(string Name, SvgValue Value)> attributes)
    {
        xml.WriteStartElement(element, "http://www.w3.org/2000/svg");
        foreach (var (name, value) in attributes)
        {
            if (value.Text is not null)
            {
                xml.WriteAttributeString(name, MarkupText.Clean(value.Text));
            }
        }

        return this;
    }

    public void Close() => xml.WriteEndElement();

    public void Leaf(string element, params ReadOnlySpan<(string Name, SvgValue Value)> attributes) => Open(element, attributes).Close();

    /// <summary>An element that holds text alone; without text, none.</summary>
    public void Words(string element, string words, params ReadOnlySpan<(string Name, SvgValue Value)> attributes)
    {
        if (words.Length > 0)
        {
            Open(element, attributes);
            xml.WriteString(MarkupText.Clean(words));
            Close();
        }
    }

    /// <summary>A line of text that was made to fit; where it lost something, the pointer shows all of it. No element for no
    /// text.</summary>
    public void Text(FittedText text, double x, double y, string? style = null, string? anchor = null)
    {
        if (text.Shown.Length > 0)
        {
            Open("text", ("x", x), ("y", y), ("class", style), ("text-anchor", anchor));
            Words("title", text.IsCut ? text.Whole : "");
            xml.WriteString(MarkupText.Clean(text.Shown));
            Close();
        }
    }

    /// <summary>Text that stays legible where lines cross it.</summary>
    public void HaloedText(FittedText text, double x, double y, string style, string? anchor = null)
    {
        Open("g", ("stroke-width", 4), ("stroke-linejoin", "round"), ("paint-order", "stroke"));
        Text(text, x, y, style + " halo", anchor);
        Close();
    }

    /// <summary>A line of text turned around its anchor, by degrees clockwise.</summary>
    public void TurnedText(FittedText text, double x, double y, double degrees, string? style = null, string? anchor = null)
    {
        Open("g", ("transform", string.Create(CultureInfo.InvariantCulture, $"translate({x:0.#} {y:0.#}) rotate({degrees:0.#})")));
        Text(text, 0, 0, style, anchor);
        Close();
    }

    public void Dispose() => xml.Dispose();
}

/// <summary>The value of an attribute: text, or a number of pixels, of which a tenth is as fine as can be seen; null leaves it
/// out.</summary>
readonly record struct SvgValue(string? Text)
{
    /// <summary>A number from 0 to 1, which a tenth is too coarse for.</summary>
    public static SvgValue Fraction(double value) => new(value.ToString("0.###", CultureInfo.InvariantCulture));

    public static implicit operator SvgValue(string? text) => new(text);

    public static implicit operator SvgValue(double pixels) => new(pixels.ToString("0.#", CultureInfo.InvariantCulture));
}
