using Spectre.Console.Rendering;

namespace Descent.App.Live;

/// <summary>A line that stays above a live region. It is written where the region began, so what stood there is erased behind it.</summary>
sealed class StayingLine(string text) : Renderable
{
    const string EraseRest = "\e[K";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new Segment(text), Segment.Control(EraseRest), Segment.LineBreak];
}
