namespace Descent.Studies.Charts.Svg;

/// <summary>A panel's rectangle of data, in pixels from its upper left corner.</summary>
/// <param name="View">What is drawn.</param>
/// <param name="X">Scale from left to right.</param>
/// <param name="Y">Scale from bottom to top.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
sealed record PlotArea(PanelView View, AxisScale X, AxisScale Y, double Width, double Height)
{
    public Vertex this[double x, double y] => new(X.Position(x), Y.Position(y));

    /// <summary>The place of a marker or tooltip, or null when it is outside of the plot.</summary>
    public Vertex? Inside(double x, double y) => X.Shows(x) && Y.Shows(y) ? this[x, y] : null;
}
