namespace Descent.Studies.Charts.Svg;

/// <summary>How large a figure is drawn. Its height follows from its contents.</summary>
public sealed record SvgOptions
{
    /// <summary>In pixels, from 240. Below 560 the legend stands above the plot and panels below each other, as telephones need
    /// it.</summary>
    public double Width { get; init; } = 760;

    /// <summary>Height of each panel's plot in pixels; panels of horizontal bars are as high as their bars need.</summary>
    public double PanelHeight { get; init; } = 300;

    /// <summary>Where the drawing's colours and fonts are written.</summary>
    public SvgStyle Style { get; init; }
}

/// <summary>Where colours and fonts are.</summary>
public enum SvgStyle
{
    /// <summary>In the drawing, which can then stand alone.</summary>
    Inside,

    /// <summary>In the page around it, which must contain <see cref="SvgTheme.Css"/>.</summary>
    InPage,
}
