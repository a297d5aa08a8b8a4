using System.Text.Json.Serialization;

namespace Descent.Studies.Charts;

/// <summary>A table of numbers as coloured cells, with what is printed in them.</summary>
public sealed record HeatmapTrace : Trace
{
    /// <summary>The names of the columns.</summary>
    public Column X { get; init; } = Column.Empty;

    /// <summary>The names of the rows.</summary>
    public Column Y { get; init; } = Column.Empty;

    /// <summary>The numbers, a column of the scale's values for each row; what is not finite is an empty cell.</summary>
    public IReadOnlyList<Column> Z { get; init; } = [];

    /// <summary>What is printed in the cells.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Text { get; init; } = [];

    /// <summary>Plotly's template that prints <see cref="Text"/>.</summary>
    [JsonPropertyName("texttemplate")]
    public string TextTemplate { get; init; } = "%{text}";

    /// <summary>The number of the scale's first colour.</summary>
    [JsonPropertyName("zmin")]
    public double Minimum { get; init; }

    /// <summary>The number of the scale's last colour.</summary>
    [JsonPropertyName("zmax")]
    public double Maximum { get; init; } = 1;

    [JsonPropertyName("colorscale")]
    public IReadOnlyList<ColorStop> ColorScale { get; init; } = ColorStop.Blues;

    [JsonPropertyName("showscale")]
    public bool ShowsScale { get; init; }
}
