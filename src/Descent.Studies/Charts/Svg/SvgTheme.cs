using System.Globalization;
using System.Text;

namespace Descent.Studies.Charts.Svg;

/// <summary>Colours and fonts of all drawings, light and dark.</summary>
/// <remarks>Series take <c>currentColor</c> from their class, so that a theme is one rule a colour. No CSS variables: renderers outside of
/// browsers (librsvg, Inkscape) do not know them, and they skip media queries, so the light theme comes first.</remarks>
public static class SvgTheme
{
    public const string LightSurface = "#FFFFFF", DarkSurface = "#14181F";

    /// <summary>Rules for everything inside of <c>.descent-chart</c>.</summary>
    public static string Css { get; } = Build();

    /// <summary>The class that colours a series, or null for a colour that is not in the palette and therefore the same in both
    /// themes.</summary>
    public static string? ClassOf(Rgba color)
    {
        for (int i = 0; i < Palette.Light.Count; i++)
        {
            if (string.Equals(Palette.Light[i], color.Opaque, StringComparison.OrdinalIgnoreCase))
            {
                return string.Create(CultureInfo.InvariantCulture, $"s{i + 1}");
            }
        }

        return null;
    }

    static string Build()
    {
        var css = new StringBuilder();
        css.Append(".descent-chart{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;")
            .Append("font-size:12px}");
        css.Append(".descent-chart .title{font-size:16px;font-weight:600}.descent-chart .heading{font-size:13px;font-weight:600}");
        css.Append(".descent-chart .tick,.descent-chart .value{font-variant-numeric:tabular-nums}.descent-chart .tick{font-size:11px}");
        css.Append(".descent-chart .tick.black{fill:#000000}.descent-chart .tick.white{fill:#FFFFFF}");
        css.Append(".descent-chart .hit{fill:none;stroke:none;pointer-events:all}");
        css.Append("@media (prefers-reduced-motion:reduce){.descent-chart .moving{display:none}}");
        Colors(css, Palette.Light, LightSurface, ink: "#1F2328", muted: "#59636E", axis: "#8B949E", grid: "#E4E7EB", minor: "#F1F3F5");
        css.Append("@media screen and (prefers-color-scheme:dark){");
        Colors(css, Palette.Dark, DarkSurface, ink: "#E6E9EE", muted: "#A0A9B5", axis: "#6B7684", grid: "#2A313B", minor: "#1E242C");
        return css.Append('}').ToString();
    }

    static void Colors(
        StringBuilder css, IReadOnlyList<string> series, string surface, string ink, string muted, string axis, string grid, string minor)
    {
        css.Append(CultureInfo.InvariantCulture, $".descent-chart .surface{{fill:{surface}}}.descent-chart text{{fill:{ink}}}");
        css.Append(CultureInfo.InvariantCulture, $".descent-chart .muted{{fill:{muted}}}.descent-chart .tick{{fill:{muted}}}");
        css.Append(CultureInfo.InvariantCulture, $".descent-chart .axis{{stroke:{axis}}}.descent-chart .grid{{stroke:{grid}}}");
        css.Append(CultureInfo.InvariantCulture, $".descent-chart .minor{{stroke:{minor}}}.descent-chart .reference{{stroke:{muted}}}");
        css.Append(CultureInfo.InvariantCulture, $".descent-chart .contour{{fill:{muted};stroke:{muted}}}");
        css.Append(CultureInfo.InvariantCulture, $".descent-chart .whisker{{stroke:{ink}}}.descent-chart .halo{{stroke:{surface}}}");
        for (int i = 0; i < series.Count; i++)
        {
            css.Append(CultureInfo.InvariantCulture, $".descent-chart .s{i + 1}{{color:{series[i]}}}");
        }
    }
}
