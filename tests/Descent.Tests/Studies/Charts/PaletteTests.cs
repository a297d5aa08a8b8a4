using System.Globalization;
using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;

namespace Descent.Tests.Studies.Charts;

/// <summary>The palette against published definitions: contrast of WCAG 2.1, colour blindness of Machado et al. (2009), distance in
/// OKLab.</summary>
public class PaletteTests
{
    static readonly Dictionary<string, double[][]> eyes = new()
    {
        ["normal"] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        ["protanopic"] = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        ["deuteranopic"] = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        ["tritanopic"] = [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    };

    [Fact]
    public void ColoursStandOutFromTheirPaper()
    {
        Assert.All(Palette.Light, color => Assert.True(Contrast(color, SvgTheme.LightSurface) >= 3, color));
        Assert.All(Palette.Dark, color => Assert.True(Contrast(color, SvgTheme.DarkSurface) >= 3, color));
        Assert.Equal(21, Contrast("#000000", "#FFFFFF"), 1e-9);
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("protanopic")]
    [InlineData("deuteranopic")]
    [InlineData("tritanopic")]
    public void ColoursStayApart(string eye)
    {
        foreach (var theme in new[] { Palette.Light, Palette.Dark })
        {
            foreach (var (first, second) in theme.SelectMany((a, i) => theme.Skip(i + 1).Select(b => (a, b))))
            {
                double distance = Math.Sqrt(Lab(first, eyes[eye]).Zip(Lab(second, eyes[eye])).Sum(p => Math.Pow(p.First - p.Second, 2)));
                Assert.True(distance >= 0.07, string.Create(CultureInfo.InvariantCulture, $"{first} and {second}: {distance}"));
            }
        }
    }

    [Fact]
    public void FortyEightSeriesDiffer()
    {
        Assert.Equal(48, Enumerable.Range(0, 48).Select(i => (Palette.Color(i), Palette.DashOf(i))).Distinct().Count());
        Assert.Equal(48, Enumerable.Range(0, 48).Select(i => (Palette.Color(i), Palette.SymbolOf(i))).Distinct().Count());
    }

    static double Contrast(string a, string b)
    {
        var luminances = new[] { a, b }.Select(color => Times([[0.2126, 0.7152, 0.0722]], Linear(color))[0]).Order().ToArray();
        return (luminances[1] + 0.05) / (luminances[0] + 0.05);
    }

    static double[] Linear(string color) =>
    [
        .. Enumerable.Range(0, 3).Select(i => Convert.ToInt32(color.Substring(1 + (2 * i), 2), 16) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)),
    ];

    /// <summary>OKLab of B. Ottosson (2020).</summary>
    static double[] Lab(string color, double[][] eye)
    {
        double[][] cones =
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ];
        double[][] lab =
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ];
        var seen = Times(eye, Linear(color)).Select(c => Math.Clamp(c, 0, 1)).ToArray();
        return Times(lab, [.. Times(cones, seen).Select(Math.Cbrt)]);
    }

    static double[] Times(double[][] matrix, double[] vector) => [.. matrix.Select(row => row.Zip(vector).Sum(p => p.First * p.Second))];
}
