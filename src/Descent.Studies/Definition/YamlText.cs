using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Descent.Studies.Definition;

/// <summary>Reads YAML into nodes that keep their lines. One document, keys that are plain texts, no tags, no anchors, no key
/// twice.</summary>
sealed class YamlText
{
    // Far above every study, far below what a recursive reader's stack can take.
    const int DeepestNesting = 64;

    readonly Parser parser;
    readonly Func<Mark, Place> placeOf;

    YamlText(TextReader reader, Func<Mark, Place> placeOf) => (parser, this.placeOf) = (new Parser(reader), placeOf);

    /// <summary>Reads a whole file's text.</summary>
    /// <exception cref="BadInputException">It is not valid YAML; the message names file and line.</exception>
    public static YamlNode Read(string text, string source) => Read(text, mark => new Place(source, mark.Line));

    /// <summary>Reads one value given on the command line, e.g. <c>[100, 100]</c>; every node of it is at the given place.</summary>
    /// <exception cref="BadInputException">It is not valid YAML.</exception>
    public static YamlNode ReadValue(string text, Place place) => Read(text, _ => place);

    static YamlNode Read(string text, Func<Mark, Place> placeOf)
    {
        using var reader = new StringReader(text);
        var yaml = new YamlText(reader, placeOf);
        try
        {
            return yaml.Document();
        }
        catch (YamlException exception)
        {
            string reason = exception.Message.TrimEnd('.');
            throw placeOf(exception.Start).Mistake($"not valid YAML: {char.ToLowerInvariant(reason[0])}{reason[1..]}.", exception);
        }
        catch (InvalidOperationException exception)
        {
            // The scanner's own fault on some texts, as on "[0" with "key: x" in the next line.
            throw placeOf(yaml.parser.Current?.End ?? Mark.Empty).Mistake("not valid YAML: a bracket or a quote is not closed.", exception);
        }
    }

    YamlNode Document()
    {
        _ = parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out var end))
        {
            return new YamlScalar(placeOf(end.Start), "", IsPlain: true);
        }

        _ = parser.Consume<DocumentStart>();
        var node = Node(0);
        _ = parser.Consume<DocumentEnd>();
        return parser.TryConsume<DocumentStart>(out var second)
            ? throw placeOf(second.Start).Mistake("a file holds one YAML document, and here begins a second one.") : node;
    }

    YamlNode Node(int depth)
    {
        var place = placeOf(parser.Current!.Start);
        if (depth > DeepestNesting)
        {
            throw place.Mistake($"values are nested deeper than {DeepestNesting}.");
        }

        if (parser.Current is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias)
        {
            throw place.Mistake("anchors and aliases (& and *) are not read; write the value out.");
        }

        if (parser.Current is NodeEvent { Tag.IsEmpty: false })
        {
            throw place.Mistake("tags (!) are not read; write the plain value.");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlScalar(place, scalar.Value, scalar.Style == ScalarStyle.Plain);
        }

        return parser.TryConsume<SequenceStart>(out _) ? List(place, depth) : Mapping(place, depth);
    }

    YamlList List(Place place, int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new YamlList(place, items);
    }

    YamlMapping Mapping(Place place, int depth)
    {
        _ = parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        var lines = new Dictionary<string, Place>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not YamlScalar key)
            {
                throw place.Mistake("a key must be a text.");
            }

            if (!lines.TryAdd(key.Text, key.Place))
            {
                string first = lines[key.Text].Line is { } line ? $", first in line {line}" : "";
                throw key.Place.Mistake($"\"{key.Text}\" stands twice{first}.");
            }

            entries.Add(new YamlEntry(key.Text, key.Place, Node(depth + 1)));
        }

        return new YamlMapping(place, entries);
    }
}
