using System.Text.Json;
using System.Text.Json.Serialization;

namespace Descent.Studies.Charts.Plotly;

/// <summary>The layout as Plotly writes it: every panel's axes, title and lines side by side, told apart by numbers in their
/// names.</summary>
sealed record PlotlyLayout
{
    public PlotlyTitle? Title { get; init; }

    public PlotlyMeta? Meta { get; init; }

    public PlotlyGrid? Grid { get; init; }

    [JsonPropertyName("showlegend")]
    public bool? ShowsLegend { get; init; }

    [JsonPropertyName("barmode")]
    public BarMode? BarMode { get; init; }

    public IReadOnlyList<PlotlyAnnotation>? Annotations { get; init; }

    public IReadOnlyList<PlotlyShape>? Shapes { get; init; }

    public IReadOnlyList<PlotlyImage>? Images { get; init; }

    /// <summary><c>xaxis</c>, <c>yaxis</c>, <c>xaxis2</c> and so on.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> Axes { get; init; } = new Dictionary<string, JsonElement>();
}

sealed record PlotlyTitle(string Text, PlotlyTitle? Subtitle = null);

sealed record PlotlyMeta(string Description);

sealed record PlotlyGrid(int Rows, int Columns, string Pattern = "independent");

/// <summary>One axis. <c>Range</c> holds its ends, null where the data decide, decimal logarithms on a log axis; <c>autorange</c> is
/// "reversed" or absent.</summary>
sealed record PlotlyAxis(
    PlotlyTitle? Title = null,
    AxisType? Type = null,
    IReadOnlyList<double?>? Range = null,
    [property: JsonPropertyName("autorange")] string? AutoRange = null,
    [property: JsonPropertyName("tickformat")] string? TickFormat = null,
    bool? Visible = null,
    [property: JsonPropertyName("scaleanchor")] string? ScaleAnchor = null);

/// <summary>A picture of pixels in a panel.</summary>
sealed record PlotlyImage(
    string Source,
    [property: JsonPropertyName("xref")] string XRef,
    [property: JsonPropertyName("yref")] string YRef,
    double X,
    double Y,
    [property: JsonPropertyName("sizex")] double SizeX,
    [property: JsonPropertyName("sizey")] double SizeY,
    string Sizing = "stretch");

/// <summary>A panel's title: text above the upper left corner of its axes.</summary>
sealed record PlotlyAnnotation(
    string Text,
    [property: JsonPropertyName("xref")] string XRef,
    [property: JsonPropertyName("yref")] string YRef,
    double X = 0,
    double Y = 1,
    [property: JsonPropertyName("showarrow")] bool ShowsArrow = false,
    [property: JsonPropertyName("xanchor")] string XAnchor = "left",
    [property: JsonPropertyName("yanchor")] string YAnchor = "bottom");

/// <summary>A straight line from one side of a panel to the other.</summary>
sealed record PlotlyShape(
    [property: JsonPropertyName("xref")] string XRef,
    [property: JsonPropertyName("yref")] string YRef,
    double X0,
    double X1,
    double Y0,
    double Y1,
    PlotlyTitle? Label = null,
    Line? Line = null,
    string Type = "line");
