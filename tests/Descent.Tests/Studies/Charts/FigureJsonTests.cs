using System.Text.Json.Nodes;
using Descent.Studies.Charts;

namespace Descent.Tests.Studies.Charts;

public class FigureJsonTests
{
    static readonly double[] epochs = [0, 1, 2];

    /// <summary>Everything that the description can say. Plotly.js 4.1.1 finds the JSON of such figures valid and draws them.</summary>
    static Figure Everything() => new()
    {
        Data =
        [
            .. Band.Around(new() { Name = "adam", X = epochs, Y = new double[] { 3, 2, 1 }, Line = Palette.Line(4) }, [2, 1, 0], [4, 3, 2]),
            new ScatterTrace
            {
                Name = "points",
                Panel = 2,
                X = new double[] { 1, 10 },
                Y = new[] { 0.5, double.NaN },
                Mode = ScatterMode.LinesAndMarkers,
                Marker = Palette.Marker(3),
                HoverText = ["first", "second"],
            },
            new BarTrace
            {
                Name = "bars",
                Panel = 3,
                Orientation = Orientation.Horizontal,
                X = new[] { 0.9, 0.8 },
                Y = new[] { "a", "b" },
                ErrorX = new(new[] { 0.01, double.NaN }),
                Text = ["90 %", "80 %"],
                Marker = Palette.Bar(2),
            },
        ],
        Layout = new()
        {
            Title = "Everything",
            Subtitle = "at once",
            Description = "A figure for a test.",
            Columns = 2,
            BarMode = BarMode.Overlay,
            ShowsLegend = false,
            Panels =
            [
                new() { Title = "Loss", X = new() { Title = "epoch" }, Y = new() { Title = "loss", Minimum = 0 } },
                new()
                {
                    X = new() { Type = AxisType.Log, Minimum = 0.001, Maximum = 100 },
                    ReferenceLines = [new(AxisLetter.Y, 0.95, "target"), new(AxisLetter.X, 7)],
                },
                new()
                {
                    Title = "Bars",
                    X = new() { Format = ValueFormat.Percent },
                    Y = new() { IsReversed = true, Type = AxisType.Category },
                },
            ],
        },
    };

    [Fact]
    public void AFigureComesBackAsItWas()
    {
        var figure = Everything();
        var back = Figure.FromJson(figure.ToJson());

        Assert.Equal(figure.ToJson(), back.ToJson());
        Assert.Equal(figure.Layout with { Panels = [] }, back.Layout with { Panels = [] });
        foreach (var (panel, other) in figure.Layout.Panels.Zip(back.Layout.Panels))
        {
            Assert.Equal((panel.Title, panel.X, panel.Y), (other.Title, other.X, other.Y));
            Assert.Equal(panel.ReferenceLines, other.ReferenceLines);
        }

        var bars = Assert.IsType<BarTrace>(back.Data[^1]);
        Assert.Equal((3, "bars", Orientation.Horizontal, Palette.Bar(2)), (bars.Panel, bars.Name, bars.Orientation, bars.Marker));
        Assert.Equal(["a", "b"], bars.Y.Names.ToArray());
        Assert.Equal([0.9, 0.8], bars.X.Numbers.ToArray());
        Assert.Equal([0.01, double.NaN], bars.ErrorX!.Array.Numbers.ToArray());
        var points = Assert.IsType<ScatterTrace>(back.Data[3]);
        Assert.Equal((ScatterMode.LinesAndMarkers, Palette.Marker(3)), (points.Mode, points.Marker));
        Assert.Equal(["first", "second"], points.HoverText);
    }

    /// <summary>Keys and values as plotly.js documents them.</summary>
    [Fact]
    public void KeysAreThoseOfPlotly()
    {
        var json = JsonNode.Parse(Everything().ToJson())!;
        var upper = json["data"]![1]!;
        Assert.Equal(("scatter", "lines", "tonexty", "rgba(208,81,159,0.16)"),
            ((string)upper["type"]!, (string)upper["mode"]!, (string)upper["fill"]!, (string)upper["fillcolor"]!));
        Assert.Equal(("longdash", "#D0519F"), ((string)json["data"]![2]!["line"]!["dash"]!, (string)json["data"]![2]!["line"]!["color"]!));
        Assert.Equal("[0.5,null]", json["data"]![3]!["y"]!.ToJsonString());
        Assert.Equal(("x2", "y2"), ((string)json["data"]![3]!["xaxis"]!, (string)json["data"]![3]!["yaxis"]!));
        Assert.Equal("""{"array":[0.01,null],"type":"data"}""", json["data"]![4]!["error_x"]!.ToJsonString());
        var layout = json["layout"]!;
        Assert.Equal("""{"text":"Everything","subtitle":{"text":"at once"}}""", layout["title"]!.ToJsonString());
        Assert.Equal("""{"rows":2,"columns":2,"pattern":"independent"}""", layout["grid"]!.ToJsonString());
        Assert.Equal("""{"title":{"text":"loss"},"range":[0,null]}""", layout["yaxis"]!.ToJsonString());
        Assert.Equal("""{"type":"log","range":[-3,2]}""", layout["xaxis2"]!.ToJsonString());
        Assert.Equal("""{"tickformat":"~%"}""", layout["xaxis3"]!.ToJsonString());
        Assert.Equal("""{"type":"category","autorange":"reversed"}""", layout["yaxis3"]!.ToJsonString());
        Assert.Equal(("overlay", "A figure for a test."), ((string)layout["barmode"]!, (string)layout["meta"]!["description"]!));
    }

    [Fact]
    public void AFigureOfAnotherToolIsRead()
    {
        var figure = Figure.FromJson(
            """
            {"layout":{"xaxis":{"title":{"text":"step"}},"yaxis":{"type":"log"}},
             "data":[{"y":[1,null],"x":[0,1],"mode":"markers","type":"scatter"}]}
            """);
        var trace = Assert.IsType<ScatterTrace>(Assert.Single(figure.Data));
        Assert.Equal([1, double.NaN], trace.Y.Numbers.ToArray());
        Assert.Equal(("step", AxisType.Log), (figure.Layout.Panels[0].X.Title, figure.Layout.Panels[0].Y.Type));
    }

    [Fact]
    public void InfinitiesBecomeGaps()
    {
        var figure = new Figure { Data = [new ScatterTrace { X = new double[] { 1, 2 }, Y = new[] { double.PositiveInfinity, 1 } }] };
        var trace = (ScatterTrace)Figure.FromJson(figure.ToJson()).Data[0];
        Assert.Equal([double.NaN, 1], trace.Y.Numbers.ToArray());
    }

    [Theory]
    [InlineData("nonsense", "is an invalid JSON literal")]
    [InlineData("null", "got null")]
    [InlineData("""{"data":[{"type":"surface"}]}""", "surface")]
    [InlineData("""{"data":[{"type":"scatter","stackgroup":"one"}]}""", "stackgroup")]
    [InlineData("""{"data":[{"type":"scatter","line":{"dash":"wavy"}}]}""", "dash")]
    [InlineData("""{"data":[{"type":"scatter","x":[1,"a"]}]}""", "got 1 numbers and 1 names")]
    [InlineData("""{"data":[{"type":"scatter","x":7}]}""", "a column must be an array, got Number")]
    [InlineData("""{"data":[{"type":"scatter","xaxis":"x2"}]}""", "got x axis 2 with y axis 1")]
    [InlineData("""{"data":[{"type":"scatter","xaxis":"y2"}]}""", "must be x, x2 and so on, got \"y2\"")]
    [InlineData("""{"layout":{"xaxes":{}}}""", "Did you mean \"xaxis\"?")]
    [InlineData("""{"layout":{"xaxis":{"tickformat":".3f"}}}""", "an axis's tickformat must be \"~%\", got \".3f\"")]
    [InlineData("""{"layout":{"xaxis":{"range":[1]}}}""", "an axis's range must be two numbers, got 1")]
    public void WhatIsOutsideOfTheSubsetIsRefused(string json, string part)
    {
        var error = Assert.Throws<BadInputException>(() => Figure.FromJson(json));
        Assert.StartsWith("figure: ", error.Message);
        Assert.Contains(part, error.Message);
    }
}
