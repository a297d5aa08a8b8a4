using System.Text.Json.Serialization;

namespace Descent.Studies.Charts;

/// <summary>One coordinate system of a chart.</summary>
public sealed record Panel
{
    public string Title { get; init; } = "";

    public Axis X { get; init; } = new();

    public Axis Y { get; init; } = new();

    public IReadOnlyList<ReferenceLine> ReferenceLines { get; init; } = [];

    public IReadOnlyList<PanelImage> Images { get; init; } = [];

    /// <summary>Whether a unit of the y axis is as long as one of the x axis; both axes then give their ends.</summary>
    public bool HasEqualScales { get; init; }
}

/// <summary>One axis of a panel.</summary>
public sealed record Axis
{
    public string Title { get; init; } = "";

    public AxisType Type { get; init; }

    /// <summary>Where the axis begins; null leaves it to the data.</summary>
    public double? Minimum { get; init; }

    /// <summary>Where the axis ends; null leaves it to the data.</summary>
    public double? Maximum { get; init; }

    public ValueFormat Format { get; init; }

    /// <summary>Larger values to the left or below; the first category on top of a y axis.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Neither marks nor names are drawn.</summary>
    public bool IsHidden { get; init; }
}

/// <summary>How values become positions.</summary>
public enum AxisType
{
    /// <summary>Equal differences are equally long. An axis of names is one of categories without being told.</summary>
    [JsonStringEnumMemberName("linear")]
    Linear,

    /// <summary>Values at or below zero have no place and are left out.</summary>
    [JsonStringEnumMemberName("log")]
    Log,

    /// <summary>Names in the order of their first appearance, from the origin on.</summary>
    [JsonStringEnumMemberName("category")]
    Category,
}

/// <summary>How the numbers of an axis are printed.</summary>
public enum ValueFormat
{
    Number,

    /// <summary>Fractions as percent: 0.95 is 95 %.</summary>
    Percent,
}

/// <summary>A straight line across a panel, such as a target.</summary>
/// <param name="Axis">On which axis the value lies: <c>Y</c> draws a horizontal line.</param>
/// <param name="Value">In the axis's units.</param>
/// <param name="Text">Printed at the line's end; may be empty.</param>
public sealed record ReferenceLine(AxisLetter Axis, double Value, string Text = "");

/// <summary>One of a panel's two axes.</summary>
public enum AxisLetter
{
    X,
    Y,
}
