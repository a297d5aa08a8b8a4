using System.Xml;
using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;

namespace Descent.Studies.Reports;

/// <summary>Writes a page that HTML and XML parsers read alike: escaped, closed, and without anything from elsewhere.</summary>
sealed class HtmlWriter(TextWriter writer) : IDisposable
{
    /// <summary>Elements that HTML does not close.</summary>
    static readonly HashSet<string> isVoid = ["meta", "br"];

    readonly XmlWriter xml = XmlWriter.Create(writer, new()
    {
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        NewLineHandling = NewLineHandling.None,
    });

    public void Doctype() => xml.WriteRaw("<!doctype html>\n");

    /// <summary>Opens an element, lets its contents be written, and closes it.</summary>
    public void Element(string name, Action contents, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Open(name, attributes);
        contents();
        Close(name);
    }

    /// <summary>An element of text alone, without contents when the text is empty.</summary>
    public void Words(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Open(name, attributes);
        Text(text);
        Close(name);
    }

    public void Text(string text) => xml.WriteString(MarkupText.Clean(text));

    /// <summary>Text that may not contain anything to escape: style sheets.</summary>
    public void Raw(string text) => xml.WriteRaw(text);

    /// <summary>A chart twice: as wide as the page, and as narrow as a telephone, of which the style sheet shows one.</summary>
    public void Chart(Figure figure, double wideHeight = 300, double narrowHeight = 240)
    {
        Open("figure", []);
        Drawing(figure, "wide", new() { Width = 980, PanelHeight = wideHeight, Style = SvgStyle.InPage });
        Drawing(figure, "narrow", new() { Width = 400, PanelHeight = narrowHeight, Style = SvgStyle.InPage });
        Close("figure");
    }

    public void Dispose() => xml.Dispose();

    void Drawing(Figure figure, string style, SvgOptions options)
    {
        Open("div", [("class", style)]);
        Raw(SvgRenderer.Render(figure, options));
        Close("div");
    }

    void Open(string name, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        xml.WriteStartElement(name, "http://www.w3.org/1999/xhtml");
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
            {
                xml.WriteAttributeString(attribute, MarkupText.Clean(value));
            }
        }
    }

    void Close(string name)
    {
        if (isVoid.Contains(name))
        {
            xml.WriteEndElement();
        }
        else
        {
            xml.WriteFullEndElement();
        }

        Raw(name is "td" or "th" or "span" or "code" or "a" or "strong" ? "" : "\n");
    }
}
