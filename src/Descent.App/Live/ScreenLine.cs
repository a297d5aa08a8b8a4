using Spectre.Console;
using Spectre.Console.Rendering;

namespace Descent.App.Live;

/// <summary>One line of a live region: what does not fit is cut off, never wrapped.</summary>
sealed class ScreenLine(string text, Decoration decoration = Decoration.None) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        [new Segment(text.Length <= maxWidth ? text : text[..maxWidth], new Style(decoration: decoration))];
}
