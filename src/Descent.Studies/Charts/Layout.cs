using System.Text.Json.Serialization;

namespace Descent.Studies.Charts;

/// <summary>Titles and axes of a chart.</summary>
public sealed record Layout
{
    public string Title { get; init; } = "";

    public string Subtitle { get; init; } = "";

    /// <summary>What the chart shows, in words, for those who cannot see it; in JSON <c>meta.description</c>.</summary>
    public string Description { get; init; } = "";

    /// <summary>The panels row by row. In Plotly's words: subplots in a grid of the pattern <c>independent</c>.</summary>
    public IReadOnlyList<Panel> Panels { get; init; } = [new()];

    /// <summary>Panels beside each other; where the width is too small the renderer takes fewer.</summary>
    public int Columns { get; init; } = 1;

    public bool ShowsLegend { get; init; } = true;

    public BarMode BarMode { get; init; }
}

/// <summary>How several bar traces share a category.</summary>
public enum BarMode
{
    /// <summary>Side by side.</summary>
    [JsonStringEnumMemberName("group")]
    Group,

    /// <summary>In one place, so that traces of one bar each can have a colour each.</summary>
    [JsonStringEnumMemberName("overlay")]
    Overlay,
}
