using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Descent.Studies.Charts;

/// <summary>One series of a chart.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ScatterTrace), "scatter")]
[JsonDerivedType(typeof(BarTrace), "bar")]
[JsonDerivedType(typeof(HeatmapTrace), "heatmap")]
[JsonDerivedType(typeof(ContourTrace), "contour")]
public abstract record Trace : IJsonOnDeserialized
{
    readonly int xPanel = 1, yPanel = 1;

    public string? Name { get; init; }

    [JsonPropertyName("showlegend")]
    public bool ShowsLegend { get; init; } = true;

    /// <summary>Which panel of <see cref="Layout.Panels"/> the trace is drawn in, from 1. In Plotly's words the axes <c>x2</c> and
    /// <c>y2</c>.</summary>
    [JsonIgnore]
    public int Panel { get => xPanel; init => (xPanel, yPanel) = (value, value); }

    [JsonInclude, JsonPropertyName("xaxis")]
    string? XAxis { get => AxisName('x', xPanel); init => xPanel = PanelOf('x', value); }

    [JsonInclude, JsonPropertyName("yaxis")]
    string? YAxis { get => AxisName('y', yPanel); init => yPanel = PanelOf('y', value); }

    void IJsonOnDeserialized.OnDeserialized()
    {
        if (xPanel != yPanel)
        {
            throw new JsonException($"a trace's axes must be of one panel, got x axis {xPanel} with y axis {yPanel}.");
        }
    }

    static string? AxisName(char letter, int panel) => panel == 1 ? null : string.Create(CultureInfo.InvariantCulture, $"{letter}{panel}");

    static int PanelOf(char letter, string? axis)
    {
        if (axis == $"{letter}")
        {
            return 1;
        }

        return axis is { Length: > 1 } && axis[0] == letter
            && int.TryParse(axis.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int panel) && panel > 1
            ? panel
            : throw new JsonException($"a trace's {letter} axis must be {letter}, {letter}2 and so on, got \"{axis}\".");
    }
}
