namespace Descent.Studies.Charts;

/// <summary>Colours of series that stay apart for the colour-blind, on white and on black paper.</summary>
/// <remarks>The hues follow M. Okabe and K. Ito, "Color Universal Design" (2008). Their yellow and sky blue vanish on white, so lightness
/// and chroma were moved until every colour has a contrast of 3 : 1 or more against its paper, and any two of a theme a distance of 0.07 or
/// more in OKLab as seen with normal, protanopic, deuteranopic and tritanopic eyes (G. M. Machado et al., 2009, severity 1). The original
/// has 0.076 at best, with contrasts down to 1.3 : 1.</remarks>
public static class Palette
{
    static readonly Dash[] dashes = [Dash.Solid, Dash.Dashed, Dash.Dotted, Dash.DashDot, Dash.LongDash, Dash.LongDashDot];
    static readonly MarkerSymbol[] symbols = Enum.GetValues<MarkerSymbol>();

    /// <summary>The colours on white paper, which is how figures name them; a drawing swaps them for those of its theme.</summary>
    public static IReadOnlyList<string> Light { get; } =
        ["#1F4FBF", "#B8500A", "#12866F", "#AC8A1B", "#D0519F", "#3796F0", "#33363F", "#6A4486"];

    /// <summary>The same series on black paper.</summary>
    public static IReadOnlyList<string> Dark { get; } =
        ["#6B9BFC", "#F06A33", "#45D6A3", "#F0B646", "#C78BA8", "#A5D0FF", "#F2F2EE", "#9E6CC0"];

    public static string Color(int series) => Light[series % Light.Count];

    /// <summary>A second code beside the colour. Where colours come again, their dashes are others: 48 series differ.</summary>
    public static Dash DashOf(int series) => dashes[(series + (3 * (series / Light.Count))) % dashes.Length];

    public static MarkerSymbol SymbolOf(int series) => symbols[(series + (3 * (series / Light.Count))) % symbols.Length];

    public static Line Line(int series) => new(Color(series), Dash: DashOf(series));

    public static BarMarker Bar(int series) => new(Color(series));

    public static Marker Marker(int series) => new(Color(series), Symbol: SymbolOf(series));
}
