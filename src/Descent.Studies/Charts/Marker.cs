using System.Text.Json.Serialization;

namespace Descent.Studies.Charts;

/// <summary>How points look.</summary>
/// <param name="Color">Hexadecimal, <c>#0072B2</c>; null takes the trace's place in the palette.</param>
/// <param name="Size">Diameter in pixels.</param>
/// <param name="Symbol">Shape.</param>
public sealed record Marker(string? Color = null, double Size = 7, MarkerSymbol Symbol = MarkerSymbol.Circle);

/// <summary>Shapes that stay apart in print.</summary>
public enum MarkerSymbol
{
    [JsonStringEnumMemberName("circle")]
    Circle,

    [JsonStringEnumMemberName("square")]
    Square,

    [JsonStringEnumMemberName("diamond")]
    Diamond,

    [JsonStringEnumMemberName("triangle-up")]
    Triangle,

    [JsonStringEnumMemberName("cross")]
    Cross,

    [JsonStringEnumMemberName("x")]
    X,

    /// <summary>A ring, through which other markers can be seen.</summary>
    [JsonStringEnumMemberName("circle-open")]
    Ring,
}
