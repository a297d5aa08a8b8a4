using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;

namespace Descent.Tests.Studies.Charts;

public class SvgRendererTests
{
    static Figure Line(double[] y, AxisType type = AxisType.Linear, string name = "adam") => new()
    {
        Data = [new ScatterTrace { Name = name, X = y.Select((_, i) => (double)i).ToArray(), Y = y }],
        Layout = new()
        {
            Title = "Training loss",
            Panels = [new() { X = new() { Title = "epoch" }, Y = new() { Title = "loss", Type = type } }],
        },
    };

    [Fact]
    public void AChartHasItsMarks()
    {
        var drawing = new Drawing(Line([4, 2, 1, 0.5, 0]));
        Assert.Equal(("svg", "img", "Training loss"),
            (drawing.Root.Name.LocalName, (string)drawing.Root.Attribute("role")!, (string)drawing.Root.Attribute("aria-label")!));
        Assert.Equal("loss over epoch. adam: 5 points, the last 0.", Assert.Single(drawing.All("desc")).Value);
        Assert.Equal(["0", "1", "2", "3", "4", "0", "1", "2", "3", "4"], drawing.Ticks);
        Assert.Superset(new HashSet<string> { "Training loss", "epoch", "loss", "adam" }, drawing.Texts.ToHashSet());

        var line = Assert.Single(drawing.Lines);
        var vertices = Drawing.Vertices(line);
        Assert.Equal(5, vertices.Count);
        double width = vertices[^1].X, height = vertices[^1].Y;
        Assert.Equal(300, height);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], vertices.Select(v => Math.Round(v.X / width, 3)));
        Assert.Equal([4, 2, 1, 0.5, 0], vertices.Select(v => Math.Round((height - v.Y) / (height - vertices[0].Y) * 4, 2)));
        Assert.Equal(["adam\nepoch 0\nloss 4", "adam\nepoch 1\nloss 2"], drawing.OfClass("hit").Take(2).Select(x => x.Value));
        Assert.Empty(drawing.All("script"));
    }

    [Fact]
    public void GapsAreGaps()
    {
        var drawing = new Drawing(Line([5, 4, double.NaN, 3, double.PositiveInfinity, 2, 1]));
        Assert.Equal([2, 1], drawing.Lines.Select(Drawing.Pieces));
        Assert.Equal([4, 1], drawing.Lines.Select(path => Drawing.Vertices(path).Count));
        Assert.DoesNotContain("NaN", drawing.Text);
    }

    [Fact]
    public void ValuesWithoutALogarithmAreLeftOut()
    {
        var drawing = new Drawing(Line([100, 10, 0, -5, 1, 0.1], AxisType.Log));
        var vertices = Drawing.Vertices(Assert.Single(drawing.Lines));
        Assert.Equal(4, vertices.Count);
        Assert.Equal(vertices[1].Y - vertices[0].Y, vertices[3].Y - vertices[2].Y, 0.11);
        Assert.Equal(["0.1", "1", "10", "100"], drawing.Ticks.Skip(6));
    }

    [Fact]
    public void OnePointIsAMarkerAndNoPointsAreNoData()
    {
        var (figure, empty) = (Line([3]), new ScatterTrace { Name = "empty", X = new double[] { 0 }, Y = new[] { double.NaN } });
        var drawing = new Drawing(figure with { Data = [.. figure.Data, empty] });
        Assert.Empty(drawing.Lines);
        _ = Assert.Single(drawing.All("circle"), circle => (string)circle.Attribute("fill")! == "currentColor");
        Assert.Contains("empty (no data)", drawing.Texts);
        Assert.Contains("no data", new Drawing(Line([double.NaN, double.NaN])).Texts);
        Assert.Contains("no data", new Drawing(new()).Texts);
    }

    [Fact]
    public void ABandIsOneAreaBehindItsLine()
    {
        double[] xs = [0, 1, 2, 3, 4], ys = [4, 3, 2, 2, 1];
        var line = new ScatterTrace { Name = "adam", X = xs, Y = ys, Line = Palette.Line(2) };
        var drawing = new Drawing(new() { Data = [.. Band.Around(line, [3, 2, double.NaN, 1, 0], [5, 4, 3, 3, 2])] });
        var band = Assert.Single(drawing.All("path"), path => path.Attribute("fill-opacity") is not null);
        Assert.Equal(("0.16", "s3"), ((string)band.Attribute("fill-opacity")!, (string)band.Parent!.Attribute("class")!));
        Assert.Equal(2, Drawing.Pieces(band));
        Assert.Equal(8, Drawing.Vertices(band).Count);
        Assert.Equal("2 3", (string)Assert.Single(drawing.Lines).Attribute("stroke-dasharray")!);
        Assert.Matches("(?s)fill-opacity.*stroke-dasharray=\"2 3\"", drawing.Text);
    }

    [Fact]
    public void ABandKeepsToALogAxis()
    {
        var line = new ScatterTrace { Name = "sgd", X = new double[] { 0, 1 }, Y = new double[] { 1, 1 }, Line = Palette.Line(0) };
        var drawing = new Drawing(new()
        {
            Data = [.. Band.Around(line, [0.5, -0.5], [10, 10])],
            Layout = new() { Panels = [new() { Y = new() { Type = AxisType.Log } }] },
        });
        var band = Drawing.Vertices(Assert.Single(drawing.All("path"), path => path.Attribute("fill-opacity") is not null));
        Assert.Equal(4, band.Count);
        Assert.True(band[2].Y > 300, "the edge below zero lies below the plot");
    }

    [Fact]
    public void BarsStartAtZeroAndPrintTheirValues()
    {
        var drawing = new Drawing(new()
        {
            Data =
            [
                new BarTrace
                {
                    Name = "accuracy",
                    Orientation = Orientation.Horizontal,
                    Y = new[] { "sgd", "adam", "lion" },
                    X = new[] { 0.5, 1.0, double.NaN },
                    ErrorX = new(new[] { 0.1, double.NaN, double.NaN }),
                    Text = ["50 ± 10 %", "100 %", "diverged at step 412"],
                },
            ],
            Layout = new()
            {
                ShowsLegend = false,
                Panels = [new() { X = new() { Format = ValueFormat.Percent }, Y = new() { IsReversed = true } }],
            },
        });
        var bars = drawing.All("rect").Where(rect => (string?)rect.Attribute("fill") == "currentColor").ToList();
        Assert.Equal(["0", "0"], bars.Select(bar => (string)bar.Attribute("x")!));
        Assert.Equal(2, (double)bars[1].Attribute("width")! / (double)bars[0].Attribute("width")!, 0.01);
        Assert.True((double)bars[0].Attribute("y")! < (double)bars[1].Attribute("y")!, "reversed: the first name is on top");
        _ = Assert.Single(drawing.OfClass("whisker"));
        var texts = new HashSet<string> { "sgd", "adam", "lion", "50 ± 10 %", "100 %", "diverged at step 412" };
        Assert.Superset(texts, drawing.Texts.ToHashSet());
    }

    [Fact]
    public void ErrorBarsEndAtThePlot()
    {
        var trace = new ScatterTrace
        {
            X = new double[] { 0, 1 },
            Y = new double[] { 1, 3 },
            Mode = ScatterMode.Markers,
            ErrorY = new(new[] { 0.5, 99 }),
        };
        var drawing = new Drawing(new() { Data = [trace], Layout = new() { Panels = [new() { Y = new() { Minimum = 0, Maximum = 4 } }] } });
        var whiskers = drawing.OfClass("whisker").Select(path => Drawing.Vertices(path).Take(2).Select(vertex => vertex.Y)).ToList();
        Assert.Equal([[262.5, 187.5], [300, 0]], whiskers);
    }

    [Fact]
    public void NamesAreEscapedAndCutButNeverLost()
    {
        string hostile = "<script>alert(\"1\")</script> & 'quotes' ]]> \u0000\uD800 " + new string('x', 5000);
        var layout = new Layout { Title = hostile, Panels = [new() { Title = hostile, X = new() { Title = hostile } }] };
        var drawing = new Drawing(Line([1, 2], name: hostile) with { Layout = layout });
        Assert.Empty(drawing.All("script"));
        Assert.DoesNotContain("<script", drawing.Text);
        string clean = hostile.Replace("\u0000", "\uFFFD").Replace("\uD800", "\uFFFD");
        Assert.Contains(drawing.All("title"), title => title.Value == clean);
        Assert.All(drawing.All("text"), text => Assert.True(text.Value.Length < 5200));
        Assert.Contains(drawing.Texts, text => text.StartsWith("<script>alert", StringComparison.Ordinal) && text.EndsWith('…'));
    }

    [Fact]
    public void TheSameDrawingServesLightAndDark()
    {
        string alone = SvgRenderer.Render(Line([1, 2])), inPage = SvgRenderer.Render(Line([1, 2]), new() { Style = SvgStyle.InPage });
        Assert.Contains("@media screen and (prefers-color-scheme:dark)", alone);
        Assert.DoesNotContain("<style", inPage);
        Assert.All(Palette.Light.Concat(Palette.Dark), color => Assert.Contains(color, SvgTheme.Css));
    }

    [Fact]
    public void ColoursOutsideOfThePaletteAreKept()
    {
        var figure = Line([1, 2]);
        var trace = (ScatterTrace)figure.Data[0] with { Line = new("#ABCDEF") };
        Assert.Contains(new Drawing(figure with { Data = [trace] }).All("g"), group => (string?)group.Attribute("color") == "#ABCDEF");
        var error = Assert.Throws<BadInputException>(() => SvgRenderer.Render(figure with { Data = [trace with { Line = new("red") }] }));
        Assert.Equal("figure: a colour must look like #1F4FBF or rgba(31,79,191,0.2), got \"red\".", error.Message);
    }

    [Theory]
    [InlineData(240)]
    [InlineData(380)]
    [InlineData(760)]
    [InlineData(1400)]
    public void EverythingStaysInside(double width)
    {
        var names = Enumerable.Range(0, 9).Select(i => $"optimizer {i} with a name of some length").ToArray();
        var drawing = new Drawing(new()
        {
            Data = [.. names.Select((name, i) => new ScatterTrace { Name = name, X = new[] { 0, 1e6 }, Y = new[] { i, 1.0 } })],
            Layout = new() { Title = string.Join(' ', names), Panels = [new(), new() { Title = "empty" }], Columns = 2 },
        }, new() { Width = width });
        double height = (double)drawing.Root.Attribute("height")!;
        Assert.Equal($"0 0 {width} {height}", (string)drawing.Root.Attribute("viewBox")!);
        Assert.All(drawing.All("text").Where(text => text.Parent == drawing.Root), text =>
        {
            Assert.InRange((double)text.Attribute("x")!, 0, width);
            Assert.InRange((double)text.Attribute("y")!, 0, height);
        });
    }
}
