using System.Text.Json.Serialization;

namespace Descent.Studies.Charts;

/// <summary>Bars that start at zero, with their values printed.</summary>
public sealed record BarTrace : PointTrace
{
    public Orientation Orientation { get; init; }

    public BarMarker? Marker { get; init; }

    /// <summary>What is printed at the end of each bar; without it the bar's number. A bar without a number may say why here.</summary>
    public IReadOnlyList<string>? Text { get; init; }
}

/// <summary>How bars look.</summary>
/// <param name="Color">Hexadecimal, <c>#1F4FBF</c>; null takes the trace's place in the palette.</param>
public sealed record BarMarker(string? Color = null);

/// <summary>Where bars point to.</summary>
public enum Orientation
{
    /// <summary>Up: the categories are x, the values y.</summary>
    [JsonStringEnumMemberName("v")]
    Vertical,

    /// <summary>To the right: the values are x, the categories y. Room for long names.</summary>
    [JsonStringEnumMemberName("h")]
    Horizontal,
}
