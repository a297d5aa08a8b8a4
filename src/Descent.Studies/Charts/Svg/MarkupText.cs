using System.Text;
using System.Xml;

namespace Descent.Studies.Charts.Svg;

/// <summary>Text that XML can hold.</summary>
static class MarkupText
{
    /// <summary>Characters that XML has no form for, not even escaped, become replacement characters.</summary>
    public static string Clean(string text)
    {
        try
        {
            return XmlConvert.VerifyXmlChars(text);
        }
        catch (XmlException)
        {
            var clean = new StringBuilder(text.Length);
            foreach (var rune in text.EnumerateRunes())
            {
                bool isXml = rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value);
                clean.Append(isXml ? rune.ToString() : "\uFFFD");
            }

            return clean.ToString();
        }
    }
}
