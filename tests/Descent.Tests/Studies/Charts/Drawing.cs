using System.Globalization;
using System.Xml.Linq;
using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;

namespace Descent.Tests.Studies.Charts;

/// <summary>A drawing taken apart again by an XML parser.</summary>
sealed class Drawing
{
    readonly XElement svg;

    public Drawing(Figure figure, SvgOptions? options = null)
    {
        Text = SvgRenderer.Render(figure, options);
        svg = XElement.Parse(Text);
    }

    public string Text { get; }

    public XElement Root => svg;

    public IEnumerable<XElement> All(string element) => svg.Descendants().Where(x => x.Name.LocalName == element);

    public IEnumerable<XElement> OfClass(string name) =>
        svg.Descendants().Where(x => ((string?)x.Attribute("class"))?.Split(' ').Contains(name) == true);

    public IReadOnlyList<string> Texts => [.. All("text").Select(Words)];

    public IReadOnlyList<string> Ticks => [.. OfClass("tick").Select(Words)];

    /// <summary>The lines that series draw, without grids, whiskers and leads.</summary>
    public IReadOnlyList<XElement> Lines =>
        [.. All("path").Where(x => (string?)x.Attribute("stroke") == "currentColor" && x.Parent!.Parent!.Name.LocalName == "svg")];

    /// <summary>Moves to, that is pieces between gaps.</summary>
    public static int Pieces(XElement path) => ((string)path.Attribute("d")!).Count(c => c is 'M' or 'm');

    /// <summary>Absolute positions of a path of relative moves.</summary>
    public static IReadOnlyList<(double X, double Y)> Vertices(XElement path)
    {
        var vertices = new List<(double X, double Y)>();
        string moves = ((string)path.Attribute("d")!).Replace("z", "");
        foreach (string move in moves.Split(['M', 'm', 'l'], StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = move.Replace("h0", "").Replace("-", " -").Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray();
            var (x, y) = vertices.LastOrDefault();
            vertices.Add((x + numbers[0], y + numbers[1]));
        }

        return vertices;
    }

    static string Words(XElement text) => string.Concat(text.Nodes().OfType<XText>().Select(x => x.Value));
}
