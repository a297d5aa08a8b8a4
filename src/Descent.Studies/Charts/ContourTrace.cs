using System.Text.Json.Serialization;

namespace Descent.Studies.Charts;

/// <summary>A function of two variables as lines of equal height, shaded the more the higher, behind everything else of its panel.</summary>
public sealed record ContourTrace : Trace
{
    /// <summary>Where the columns of <see cref="Z"/> are, rising.</summary>
    public Column X { get; init; } = Column.Empty;

    /// <summary>Where the rows of <see cref="Z"/> are, rising.</summary>
    public Column Y { get; init; } = Column.Empty;

    /// <summary>One row for each y. What is not finite counts as higher than everything.</summary>
    public IReadOnlyList<Column> Z { get; init; } = [];

    public ContourLevels Contours { get; init; } = new(0, 1, 0.1);

    /// <summary>Plotly would put a scale beside the plot.</summary>
    [JsonPropertyName("showscale")]
    public bool ShowsScale { get; init; }
}

/// <summary>The heights at which lines are drawn, evenly spaced.</summary>
public sealed record ContourLevels(double Start, double End, double Size)
{
    /// <summary>From <see cref="Start"/> to <see cref="End"/>, which may be missed by a rounding.</summary>
    internal IEnumerable<double> Heights => Enumerable.Range(0, Count).Select(i => Start + (i * Size));

    internal int Count => (int)Math.Floor(((End - Start) / Size) + 1e-9) + 1;
}
