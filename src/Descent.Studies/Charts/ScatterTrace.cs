using System.Text.Json.Serialization;

namespace Descent.Studies.Charts;

/// <summary>A line, markers, or one edge of a band.</summary>
/// <remarks>A band is two traces, the lower edge and then the upper one with <see cref="Fill"/> <c>tonexty</c>; see
/// <see cref="Band"/>.</remarks>
public sealed record ScatterTrace : PointTrace
{
    public ScatterMode Mode { get; init; }

    public Line? Line { get; init; }

    public Marker? Marker { get; init; }

    public Fill Fill { get; init; }

    /// <summary>A dot that runs along the trace; null for none. In JSON <c>meta</c>.</summary>
    [JsonPropertyName("meta")]
    public Motion? Motion { get; init; }

    /// <summary>Hexadecimal or <c>rgba(0,114,178,0.2)</c>; null is the line's colour made transparent.</summary>
    [JsonPropertyName("fillcolor")]
    public string? FillColor { get; init; }
}

/// <summary>What is drawn at and between the points.</summary>
public enum ScatterMode
{
    [JsonStringEnumMemberName("lines")]
    Lines,

    [JsonStringEnumMemberName("markers")]
    Markers,

    [JsonStringEnumMemberName("lines+markers")]
    LinesAndMarkers,
}

/// <summary>What is filled.</summary>
public enum Fill
{
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The area between this trace and the one before it in the same panel, which must have the same x.</summary>
    [JsonStringEnumMemberName("tonexty")]
    ToNextY,
}

/// <summary>How lines look.</summary>
/// <param name="Color">Hexadecimal; null takes the trace's place in the palette.</param>
/// <param name="Width">In pixels; 0 draws no line.</param>
/// <param name="Dash">The second code beside the colour.</param>
public sealed record Line(string? Color = null, double Width = 2, Dash Dash = Dash.Solid);

/// <summary>Dash patterns by Plotly's names.</summary>
public enum Dash
{
    [JsonStringEnumMemberName("solid")]
    Solid,

    [JsonStringEnumMemberName("dash")]
    Dashed,

    [JsonStringEnumMemberName("dot")]
    Dotted,

    [JsonStringEnumMemberName("dashdot")]
    DashDot,

    [JsonStringEnumMemberName("longdash")]
    LongDash,

    [JsonStringEnumMemberName("longdashdot")]
    LongDashDot,
}
