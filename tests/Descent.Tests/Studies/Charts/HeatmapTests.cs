using Descent.Studies.Charts;

namespace Descent.Tests.Studies.Charts;

public class HeatmapTests
{
    static Figure Map(params double[] values) => new()
    {
        Data =
        [
            new HeatmapTrace
            {
                X = new[] { "cat", "dog" },
                Y = new[] { "first", "second" },
                Z = [Column.Of(values[..2]), Column.Of(values[2..])],
                Text = [["a", "b"], ["c", "d"]],
            },
        ],
        Layout = new() { Title = "map", Panels = [new() { Y = new() { IsReversed = true } }] },
    };

    [Fact]
    public void EveryNumberIsACellInItsPlaceAndColour()
    {
        var drawing = new Drawing(Map(0, 1, 0.5, double.NaN));
        var cells = drawing.All("rect").Where(x => x.Elements().Any(child => child.Name.LocalName == "title")).ToList();
        Assert.Equal(["first, cat: a", "first, dog: b", "second, cat: c", "second, dog: d"], cells.Select(cell => cell.Value));
        Assert.Equal(["#F7FBFF", "#08306B", "#6BAED6", "none"], cells.Select(cell => (string)cell.Attribute("fill")!));
        double[] x = [.. cells.Select(cell => (double)cell.Attribute("x")!)], y = [.. cells.Select(cell => (double)cell.Attribute("y")!)];
        Assert.True(x[0] == x[2] && x[0] < x[1] && y[0] == y[1] && y[0] < y[2]);
        Assert.Equal(["a black", "b white", "c black"], drawing.OfClass("black").Concat(drawing.OfClass("white")).OrderBy(text => text.Value)
            .Select(text => $"{text.Value} {((string)text.Attribute("class")!).Split(' ')[1]}"));
        Assert.Superset(new HashSet<string> { "cat", "dog", "first", "second" }, drawing.Texts.ToHashSet());
    }

    [Fact]
    public void ItIsTheSameAfterJson()
    {
        var figure = Map(0, 1, 0.5, double.NaN);
        Assert.Contains("\"type\":\"heatmap\"", figure.ToJson());
        Assert.Contains("\"colorscale\":[[0,\"#F7FBFF\"]", figure.ToJson());
        Assert.Equal(new Drawing(figure).Text, new Drawing(Figure.FromJson(figure.ToJson())).Text);
    }

    [Fact]
    public void AMissingRowIsSaid() => Assert.Equal(
        "figure: trace 1: a heat map must have a row a name of y and a number a name of x, got 1 rows for 2 names.",
        Assert.Throws<BadInputException>(() => new Drawing(Map(0, 1, 2, 3) is var figure ? figure with
        {
            Data = [(HeatmapTrace)figure.Data[0] with { Z = [Column.Of([1, 2])] }],
        } : figure)).Message);

    [Fact]
    public void ImagesStandWhereTheirAxesSayAndSurviveJson()
    {
        var axis = new Axis { Minimum = 0, Maximum = 2, IsHidden = true };
        var figure = new Figure
        {
            Layout = new()
            {
                Panels =
                [
                    new()
                    {
                        X = axis,
                        Y = axis with { IsReversed = true, Maximum = 1 },
                        HasEqualScales = true,
                        Images = [new("data:image/png;base64,AAAA", 1, 0, 1, 0.5, "frog")],
                    },
                ],
            },
        };
        var drawing = new Drawing(figure);
        var image = Assert.Single(drawing.All("image"));
        var (x, width, height) = ((double)image.Attribute("x")!, (double)image.Attribute("width")!, (double)image.Attribute("height")!);
        Assert.Equal(x, width, 0.1);
        Assert.Equal(width / 2, height, 0.1);
        Assert.Equal(["frog"], drawing.Texts);
        Assert.Equal(["frog"], drawing.Ticks);
        Assert.Equal(drawing.Text, new Drawing(Figure.FromJson(figure.ToJson())).Text);
    }
}
