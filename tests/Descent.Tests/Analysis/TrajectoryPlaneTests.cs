using System.Globalization;
using Descent.Analysis;
using Descent.Tests.Architecture;
using Descent.Tests.Lockstep;

namespace Descent.Tests.Analysis;

public class TrajectoryPlaneTests
{
    static readonly double[][] golden = [.. File.ReadLines(Path.Combine(Repository.Root, "tests/Descent.Tests/Analysis/Golden/components.tsv")).Skip(1)
        .Select(line => line.Split('\t').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray())];

    static readonly double[][] points = [.. Enumerable.Range(0, 7).Select(p => Enumerable.Range(0, 40).Select(i => (i < 10 ? 4 : 1) * Formula.Uniform(p, i)).ToArray())];

    [Fact]
    public void ComponentsAreThoseOfADenseSingularValueDecomposition()
    {
        var plane = TrajectoryPlane.Of(points, points[^1]);

        Near([golden[0][0], golden[1][0]], plane.Shares);
        Near(golden[0][1..], plane.First);
        Near(golden[1][1..], plane.Second);
        for (int p = 0; p < points.Length; p++)
        {
            Near(golden[2 + p], [plane.Points[p].First, plane.Points[p].Second, plane.Points[p].Distance]);
        }
    }

    [Fact]
    public void PointsOnALineOrInOnePlaceSpanNoPlane()
    {
        double[] origin = points[0];
        Assert.Equal("1 points span no plane: the trajectory needs three that do not lie on a line.", Refused([origin]));
        Assert.Equal("3 points span no plane: the trajectory needs three that do not lie on a line.", Refused([origin, origin, origin]));
        Assert.Equal("4 points span no plane: the trajectory needs three that do not lie on a line.",
            Refused([.. Enumerable.Range(0, 4).Select(i => origin.Select(x => x * i).ToArray())]));

        string Refused(double[][] few) => Assert.Throws<BadInputException>(() => TrajectoryPlane.Of(few, origin)).Message;
    }

    static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
}
