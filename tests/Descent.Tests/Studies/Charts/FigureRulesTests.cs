using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;

namespace Descent.Tests.Studies.Charts;

public class FigureRulesTests
{
    static readonly ScatterTrace good = new() { Name = "sgd", X = new double[] { 1, 2 }, Y = new double[] { 1, 2 } };

    public static TheoryData<Figure, string> Broken => new()
    {
        { Of(good with { Y = new double[] { 1 } }), "trace \"sgd\": must have as many y as x, got 1 and 2." },
        { Of(good with { Panel = 3 }), "trace \"sgd\": its panel must lie in 1 to 1, got 3." },
        { Of(good with { Name = null, HoverText = ["one"] }), "trace 1: must have a hover text a point, got 1 for 2." },
        { Of(new BarTrace { X = new[] { "a" }, Y = new double[] { 1 }, Text = [] }), "trace 1: must have a text a bar, got 0 for 1." },
        { Of(good with { ErrorY = new(new double[] { 1 }) }), "trace \"sgd\": must have an error bar a point, got 1 for 2." },
        { Of(good with { Fill = Fill.ToNextY }), "band \"sgd\": the trace before it must have the same x." },
        {
            Of(good, good with { X = new double[] { 1, 3 }, Fill = Fill.ToNextY }),
            "band \"sgd\": the trace before it must have the same x."
        },
        { Of(new Panel { X = new() { Minimum = 2, Maximum = 1 } }), "x axis of panel 1: must begin below its end, got 2 to 1." },
        {
            Of(new Panel { Y = new() { Type = AxisType.Log, Minimum = 0 } }),
            "y axis of panel 1: the ends of a log axis must be above zero, at least 1E-300, got 0."
        },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void ABrokenRuleIsNamedWithItsValue(Figure figure, string message)
    {
        Assert.Equal($"figure: {message}", Assert.Throws<BadInputException>(() => SvgRenderer.Render(figure)).Message);
    }

    [Fact]
    public void AGoodFigureIsDrawn() => Assert.StartsWith("<svg", SvgRenderer.Render(new() { Data = [good] }));

    static Figure Of(params Trace[] traces) => new() { Data = traces };

    static Figure Of(Panel panel) => new() { Layout = new() { Panels = [panel] } };
}
