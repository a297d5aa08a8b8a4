using System.Text.Json.Serialization;

namespace Descent.Studies.Charts;

/// <summary>A trace that draws something at each pair of an x and a y.</summary>
public abstract record PointTrace : Trace
{
    public Column X { get; init; } = Column.Empty;

    public Column Y { get; init; } = Column.Empty;

    [JsonPropertyName("error_x")]
    public ErrorBars? ErrorX { get; init; }

    [JsonPropertyName("error_y")]
    public ErrorBars? ErrorY { get; init; }

    /// <summary>What a point says when the pointer rests on it, one text a point; without it the point says its numbers.</summary>
    [JsonPropertyName("hovertext")]
    public IReadOnlyList<string>? HoverText { get; init; }

    [JsonPropertyName("hoverinfo")]
    public HoverInfo HoverInfo { get; init; }
}

/// <summary>Whether points speak when the pointer rests on them.</summary>
public enum HoverInfo
{
    [JsonStringEnumMemberName("all")]
    All,

    [JsonStringEnumMemberName("skip")]
    Skip,
}

/// <summary>Symmetric error bars.</summary>
public sealed record ErrorBars(Column Array)
{
    /// <summary>What <see cref="Array"/> holds.</summary>
    public ErrorBarsType Type { get; init; }
}

/// <summary>What the numbers of error bars are.</summary>
public enum ErrorBarsType
{
    /// <summary>Half the length of each bar in the axis's units; what is not finite draws none.</summary>
    [JsonStringEnumMemberName("data")]
    Data,
}
