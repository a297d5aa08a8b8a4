namespace Descent.Studies.Charts.Svg;

/// <summary>Pictures of pixels, which stay pixels however large they are drawn, with their labels below.</summary>
static class ImageDrawing
{
    const double LabelSize = 11, LabelBaseline = 13;

    public static void Draw(SvgWriter svg, PanelImage image, PlotArea plot)
    {
        var (left, top) = (plot.X.Position(image.X), plot.Y.Position(image.Y));
        double width = Math.Abs(plot.X.Position(image.X + image.Width) - left), height = Math.Abs(plot.Y.Position(image.Y + image.Height) - top);
        svg.Open("image", ("href", image.Source), ("x", left), ("y", top), ("width", width), ("height", height), ("preserveAspectRatio", "none"),
            ("style", "image-rendering:pixelated"));
        svg.Words("title", image.Label);
        svg.Close();
        svg.Text(TextMetrics.Fit(image.Label, width, LabelSize), left + (width / 2), top + height + LabelBaseline, "tick", "middle");
    }
}
