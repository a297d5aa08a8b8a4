namespace Descent.Studies.Charts.Svg;

/// <summary>Draws figures as SVG: without script, legible in light and dark and in print, small whatever the number of points.</summary>
/// <remarks>NaN and the infinities are gaps; values at or below zero have no place on a log axis; a series of one point is a
/// marker.</remarks>
public static class SvgRenderer
{
    public static string Render(Figure figure, SvgOptions? options = null)
    {
        using var text = new StringWriter();
        Write(figure, text, options);
        return text.ToString();
    }

    /// <exception cref="BadInputException">The figure breaks a rule, e.g. has more y than x.</exception>
    public static void Write(Figure figure, TextWriter writer, SvgOptions? options = null)
    {
        FigureRules.Check(figure);
        var drawing = new FigureDrawing(figure, options ?? new());
        using var svg = new SvgWriter(writer);
        drawing.Draw(svg);
    }
}
