namespace Descent.Studies.Charts;

/// <summary>A picture of pixels in a panel.</summary>
/// <param name="Source">Its file as a URI, <c>data:image/png;base64,…</c>.</param>
/// <param name="X">Its left end, in the units of the x axis.</param>
/// <param name="Y">Its upper end, in the units of the y axis.</param>
/// <param name="Width">In the units of the x axis.</param>
/// <param name="Height">In the units of the y axis.</param>
/// <param name="Label">Printed below it; may be empty.</param>
public sealed record PanelImage(string Source, double X, double Y, double Width, double Height, string Label = "");
