using System.Globalization;
using System.Xml.Linq;
using Descent.Studies.Charts;

namespace Descent.Tests.Studies.Charts;

/// <summary>A line that goes through frames.</summary>
public class MotionTests
{
    static readonly double[] first = [0, 1, 2], second = [2, 1, 0], third = [3, 3, 3];

    [Fact]
    public void TheLineHasTheShapeOfEachFrameInTurnAndRestsAtTheLast()
    {
        var line = new Drawing(Picture(first, second, third)).OfClass("moving").First(x => x.Name.LocalName == "path");

        var shapes = line.Elements().Single();
        Assert.Equal(("d", "4s", "0;0.25;0.5;1"), ((string?)shapes.Attribute("attributeName"), (string?)shapes.Attribute("dur"), (string?)shapes.Attribute("keyTimes")));
        string[] paths = ((string)shapes.Attribute("values")!).Split(';');
        Assert.Equal(4, paths.Length);
        Assert.Equal((string?)line.Attribute("d"), paths[3]);
        Assert.Equal(paths[2], paths[3]);
        // A browser moves from one path to the next only where their commands are the same.
        _ = Assert.Single(paths.Select(path => string.Concat(path.Where(char.IsLetter))).Distinct());
        Assert.Equal(3, paths.Distinct().Count());
    }

    /// <summary>At any time one label and no other is seen, and in print the last.</summary>
    [Fact]
    public void ALabelSaysWhichFrameItIs()
    {
        var labels = new Drawing(Picture(first, second, third)).OfClass("moving").Where(x => x.Name.LocalName == "g").ToList();

        Assert.Equal(["start", "step 1", "step 2"], labels.Select(x => x.Elements().First().Value));
        Assert.Equal(["hidden", "hidden", "visible"], labels.Select(x => (string?)x.Attribute("visibility")));
        foreach (var (time, seen) in new[] { (0.0, 0), (0.2, 0), (0.3, 1), (0.49, 1), (0.51, 2), (0.99, 2) })
        {
            Assert.Equal([seen], labels.Index().Where(x => At(x.Item, time) == "visible").Select(x => x.Index));
        }
    }

    [Fact]
    public void FramesThatHaveNoPlaceEndTheWay()
    {
        var line = new Drawing(Picture(first, second, [1, double.NaN, 1], third)).OfClass("moving").First(x => x.Name.LocalName == "path");

        Assert.Equal(3, ((string)line.Elements().Single().Attribute("values")!).Split(';').Length);
        Assert.DoesNotContain("NaN", line.ToString());
    }

    [Fact]
    public void ItIsTheSameAfterJson()
    {
        var figure = Picture(first, second);

        Assert.Equal(new Drawing(figure).Text, new Drawing(Figure.FromJson(figure.ToJson())).Text);
    }

    [Fact]
    public void AFrameOfAnotherLengthIsAMistake() => Assert.Equal("figure: trace \"values\": every frame must have a number a point, 3.",
        Assert.Throws<BadInputException>(() => new Drawing(Picture([1, 2], first))).Message);

    static string At(XElement label, double time)
    {
        var animate = label.Elements().Single(x => x.Name.LocalName == "animate");
        double[] times = [.. ((string)animate.Attribute("keyTimes")!).Split(';').Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
        return ((string)animate.Attribute("values")!).Split(';')[Array.FindLastIndex(times, x => x <= time)];
    }

    static Figure Picture(params double[][] frames) => new()
    {
        Data =
        [
            new ScatterTrace
            {
                Name = "values",
                X = new double[] { 1, 2, 3 },
                Y = frames[^1],
                Motion = new(4, 0.5) { Frames = [.. frames.Select((y, i) => new MotionFrame(i == 0 ? "start" : $"step {i}", y))] },
            },
        ],
        Layout = new() { Panels = [new() { Y = new() { Minimum = 0, Maximum = 4 } }] },
    };
}
