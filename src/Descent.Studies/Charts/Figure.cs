using System.Text.Json;
using Descent.Studies.Charts.Plotly;

namespace Descent.Studies.Charts;

/// <summary>A chart as data: a subset of Plotly's figure JSON, so that any tool that reads Plotly figures can draw it too.</summary>
/// <remarks>Further kinds of traces (contours, surfaces) are further records derived from <see cref="Trace"/>.</remarks>
public sealed record Figure
{
    public IReadOnlyList<Trace> Data { get; init; } = [];

    public Layout Layout { get; init; } = new();

    public string ToJson() => JsonSerializer.Serialize(this, FigureJson.Options);

    /// <summary>Reads what <see cref="ToJson"/> writes, or a Plotly figure that keeps to the subset.</summary>
    /// <exception cref="BadInputException">The text is no JSON, or has a key or value outside the subset: a chart is never drawn otherwise
    /// than described.</exception>
    public static Figure FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Figure>(json, FigureJson.Options)
                ?? throw new BadInputException("figure: must be an object, got null.");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new BadInputException($"figure: {error.Message}", error);
        }
    }
}
