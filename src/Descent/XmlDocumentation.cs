using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Descent;

/// <summary>The documentation comments of an assembly, from the XML file that the compiler writes beside it. Catalogs print them.</summary>
public sealed partial class XmlDocumentation
{
    static readonly ConcurrentDictionary<Assembly, XmlDocumentation> known = new();

    readonly Dictionary<string, XElement> members;

    XmlDocumentation() => members = [];

    XmlDocumentation(string file)
    {
        try
        {
            members = XDocument.Load(file, LoadOptions.PreserveWhitespace).Descendants("member")
                .ToDictionary(x => x.Attribute("name")!.Value);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException)
        {
            throw new BadInputException(
                $"{file}: the documentation comments cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Read once and kept. An assembly that is not Descent's may come without.</summary>
    /// <exception cref="BadInputException">Descent's own file is missing, or a file is broken.</exception>
    public static XmlDocumentation Of(Assembly assembly) => known.GetOrAdd(assembly, static assembly =>
    {
        // Empty where the assembly lies inside a single file.
        string folder = assembly.Location.Length > 0 ? Path.GetDirectoryName(assembly.Location)! : AppContext.BaseDirectory;
        string file = Path.Combine(folder, $"{assembly.GetName().Name}.xml");
        bool isOurs = assembly == typeof(XmlDocumentation).Assembly;
        return isOurs || File.Exists(file) ? new XmlDocumentation(file) : new XmlDocumentation();
    });

    /// <summary>What the comment on a type says; empty texts where it has none.</summary>
    public TypeDocumentation Type(Type type)
    {
        var member = members.GetValueOrDefault($"T:{type.FullName!.Replace('+', '.')}", new XElement("member"));
        return new TypeDocumentation(Text(member.Element("summary")), Text(member.Element("remarks")),
            member.Elements("param").ToDictionary(x => x.Attribute("name")!.Value, Text));
    }

    /// <summary>Plain text: white space runs become one blank, paragraphs are parted by an empty line, references show their last
    /// name.</summary>
    static string Text(XElement? element)
    {
        string text = string.Concat(element?.Nodes().Select(Inline) ?? []);
        return string.Join("\n\n", text.Split('\u2029').Select(x => WhiteSpace().Replace(x, " ").Trim()).Where(x => x.Length > 0));
    }

    static string Inline(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "para" } para => $"\u2029{string.Concat(para.Nodes().Select(Inline))}\u2029",
        XElement element when (element.Attribute("cref") ?? element.Attribute("name") ?? element.Attribute("langword")) is { } reference =>
            LastName().Match(reference.Value).Value,
        XElement element => string.Concat(element.Nodes().Select(Inline)),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"[^.:`(]+(?=(`\d+)?(\(.*)?$)")]
    private static partial Regex LastName();
}
