using System.Globalization;
using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;

namespace Descent.Tests.Studies.Charts;

public class ContourTests
{
    static readonly double[] x = [.. Enumerable.Range(0, 41).Select(i => -2 + (0.1 * i))];
    static readonly double[] y = [.. Enumerable.Range(0, 31).Select(i => -1.5 + (0.1 * i))];

    [Fact]
    public void ALineOfEqualHeightIsWhereTheFunctionHasIt()
    {
        var lines = new IsoLines(x, y, Heights((x, y) => (x * x) + (y * y))).At(1).ToList();

        var circle = Assert.Single(lines);
        Assert.Equal(circle[0], circle[^1]);
        Assert.True(circle.Count > 60);
        Assert.All(circle, point => Assert.Equal(1, Math.Sqrt((point.X * point.X) + (point.Y * point.Y)), 0.005));
    }

    [Fact]
    public void ALinearFunctionHasStraightLinesFromBorderToBorder()
    {
        var line = Assert.Single(new IsoLines(x, y, Heights((x, y) => x + (2 * y))).At(0.05));

        Assert.All(line, point => Assert.Equal(0.05, point.X + (2 * point.Y), 1e-12));
        double[] ends = [Math.Min(line[0].X, line[^1].X), Math.Max(line[0].X, line[^1].X)];
        Assert.Equal(-2, ends[0], 1e-12);
        Assert.Equal(2, ends[1], 1e-12);
    }

    /// <summary>All four edges of a saddle's cell are crossed; its middle says which way the two lines pass.</summary>
    [Theory]
    [InlineData(0.4)]
    [InlineData(-0.4)]
    public void TwoLinesPassASaddleWithoutCrossing(double height)
    {
        var lines = new IsoLines([-1, 1], [-1, 1], [[1, -1], [-1, 1]]).At(height).ToList();

        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal(2, line.Count));
        // Above the middle each line cuts off a corner that is higher, below it one that is lower.
        Assert.All(lines, line => Assert.Equal(height > 0, (line[0].X + line[1].X) * (line[0].Y + line[1].Y) > 0));
    }

    /// <summary>Five hills across, of which the outer ones are cut by the border, and three up.</summary>
    [Fact]
    public void EveryHillHasALineOfItsOwn() => Assert.Equal(15,
        new IsoLines(x, y, Heights((x, y) => Math.Cos(2 * Math.PI * x) + Math.Cos(2 * Math.PI * y))).At(1.5).Count(line => line.Count > 2
            && (line[0] == line[^1] || Math.Abs(line[0].X) == 2)) + new IsoLines(x, y, Heights((x, y) => 0)).At(1).Count());

    [Fact]
    public void SimplerLinesStayWithinTheTolerance()
    {
        Vertex[] wave = [.. Enumerable.Range(0, 1000).Select(i => new Vertex(i, 50 * Math.Sin(i / 50.0)))];

        var simple = Simplification.Of(wave, 0.2);

        Assert.InRange(simple.Count, 30, 200);
        Assert.Equal((wave[0], wave[^1]), (simple[0], simple[^1]));
        Assert.All(wave, point =>
        {
            var (left, right) = simple.Zip(simple.Skip(1)).First(piece => piece.First.X <= point.X && point.X <= piece.Second.X);
            double between = left.Y + ((right.Y - left.Y) * (point.X - left.X) / (right.X - left.X));
            Assert.InRange(Math.Abs(between - point.Y), 0, 0.4);
        });
        Assert.Equal(3, Simplification.Of([new(0, 0), new(5, 5), new(0, 0)], 0.2).Count);
    }

    [Fact]
    public void EachHeightIsALineAndAShadeOfAllAboveIt()
    {
        var drawing = new Drawing(Picture());

        var paths = drawing.OfClass("contour").Single().Elements().ToList();
        Assert.Equal(8, paths.Count);
        Assert.All(paths.Take(4), path => Assert.Equal(("none", "evenodd"), ((string?)path.Attribute("stroke"), (string?)path.Attribute("fill-rule"))));
        Assert.All(paths.Skip(4), path => Assert.Equal("none", (string?)path.Attribute("fill")));
        Assert.Contains("loss: 4 lines of equal height.", drawing.All("desc").Single().Value);

        // What lies above the lowest line is everything outside a circle: two closed pieces, one of them the plot's border.
        Assert.Equal(2, Drawing.Pieces(paths[0]));
        Assert.Equal(1, Drawing.Pieces(paths[4]));
    }

    [Fact]
    public void ADotRunsAlongATraceAndRestsAtItsEnd()
    {
        var drawing = new Drawing(Picture());

        var dot = drawing.OfClass("moving").Single();
        var across = dot.Elements().First(x => (string?)x.Attribute("attributeName") == "cx");
        double[] times = Numbers(across, "keyTimes"), places = Numbers(across, "values");
        Assert.Equal([0, 0.25, 0.5, 1], times);
        Assert.Equal(4, places.Length);
        Assert.Equal((places[2], places[3]), (places[2], double.Parse((string)dot.Attribute("cx")!, CultureInfo.InvariantCulture)));
        Assert.Equal("6s", (string?)across.Attribute("dur"));

        static double[] Numbers(System.Xml.Linq.XElement animate, string attribute) =>
            [.. ((string)animate.Attribute(attribute)!).Split(';').Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
    }

    [Fact]
    public void ThePanelEndsWhereTheContoursEnd()
    {
        var ticks = new Drawing(Picture()).Ticks;

        Assert.Contains("−2.0", ticks);
        Assert.DoesNotContain(ticks, tick => tick is "−2.5" or "2.5" or "−3" or "3");
    }

    [Fact]
    public void JsonReadsBack()
    {
        var figure = Picture();
        var again = Figure.FromJson(figure.ToJson());

        Assert.Equal(figure.ToJson(), again.ToJson());
        Assert.Equal(SvgRenderer.Render(figure), SvgRenderer.Render(again));
        Assert.Contains("\"type\":\"contour\"", figure.ToJson());
        Assert.Contains("\"contours\":{\"start\":1,\"end\":4,\"size\":1},\"showscale\":false", figure.ToJson());
        Assert.Contains("\"meta\":{\"seconds\":6,\"share\":0.5}", figure.ToJson());
    }

    [Fact]
    public void WhatIsNotFiniteIsHigherThanEverything()
    {
        double[][] heights = Heights((x, y) => (x * x) + (y * y));
        heights[0][0] = double.PositiveInfinity;
        heights[15][20] = double.NaN;

        var contours = new Drawing(new Figure { Data = [Contours(heights)] }).OfClass("contour").Single();

        Assert.DoesNotContain("NaN", contours.ToString());
        Assert.DoesNotContain("∞", contours.ToString());
    }

    [Theory]
    [InlineData(40, 31, 1, 4, 1, "figure: contours: z must have 31 rows of 40 numbers.")]
    [InlineData(41, 30, 1, 4, 1, "figure: contours: z must have 30 rows of 41 numbers.")]
    [InlineData(1, 31, 1, 4, 1, "figure: contours: x and y must be two numbers or more, rising, got 1 and 31.")]
    [InlineData(41, 31, 4, 1, 1, "figure: contours: at most 200 lines, got 4 to 1 by 1.")]
    [InlineData(41, 31, 1, 4, 0, "figure: contours: at most 200 lines, got 1 to 4 by 0.")]
    [InlineData(41, 31, 1, 4, 0.001, "figure: contours: at most 200 lines, got 1 to 4 by 0.001.")]
    public void AMistakeIsOneSentence(int columns, int rows, double start, double end, double size, string sentence)
    {
        var trace = Contours(Heights((x, y) => x)) with { X = x[..columns], Y = y[..rows], Contours = new(start, end, size) };

        Assert.Equal(sentence, Assert.Throws<BadInputException>(() => SvgRenderer.Render(new() { Data = [trace] })).Message);
    }

    static Figure Picture() => new()
    {
        Data =
        [
            Contours(Heights((x, y) => (x * x) + (y * y))),
            new ScatterTrace { Name = "path", X = new double[] { -1, 0, 1 }, Y = new double[] { 0, 1, 0 }, Motion = new(6, 0.5) },
        ],
    };

    static ContourTrace Contours(double[][] heights) =>
        new() { Name = "loss", X = x, Y = y, Z = [.. heights.Select(Column.Of)], Contours = new(1, 4, 1) };

    static double[][] Heights(Func<double, double, double> f) => [.. y.Select(top => Array.ConvertAll(x, left => f(left, top)))];
}
