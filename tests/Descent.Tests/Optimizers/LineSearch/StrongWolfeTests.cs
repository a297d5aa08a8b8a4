using System.Globalization;
using Descent.Analysis;
using Descent.Optimizers;
using Descent.Tensors;

namespace Descent.Tests.Optimizers.LineSearch;

/// <summary>Where the line search takes its gradients, point by point, as PyTorch's does: on waves over a parabola with a wall, chosen so
/// that a change of a condition or of a constant moves a point.</summary>
public class StrongWolfeTests
{
    const double Tolerance = 1e-8;

    static readonly Lazy<string[][]> rows = new(() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Optimizers", "LineSearch", "Golden", "strong-wolfe.tsv"))
            .Where(line => !line.StartsWith('#')).Select(line => line.Split('\t'))]);

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, rows.Value.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void EveryPointIsPyTorchs(int row)
    {
        string[] cells = rows.Value[row];
        double[] expected = Numbers(cells[8], ' ');
        var actual = Points(cells);
        Assert.True(expected.Length == actual.Count, $"{expected.Length} points expected, {actual.Count} taken: {string.Join(' ', actual)}.");
        double size = expected.Take(3).Max(Math.Abs);
        Assert.All(expected.Zip(actual), x => Assert.InRange(Math.Abs(x.Second - x.First) / Math.Max(size, Math.Abs(x.First)), 0, Tolerance));
    }

    static List<double> Points(string[] cells)
    {
        double a = Number(cells[0]), b = Number(cells[1]);
        double[] wall = Numbers(cells[3], ',');
        double[][] waves = [.. cells[2].Split(' ').Select(x => Numbers(x, ','))];
        List<double> points = [];
        var problem = new TestProblem("waves", "", new Shape(1), [Number(cells[4])], [], (x, _, gradient) =>
        {
            Add(points, x[0]);
            double value = x[0], slope = 0, loss = 0;
            foreach (double[] wave in waves)
            {
                slope += wave[0] * wave[1] * Math.Cos((wave[1] * value) + wave[2]);
                loss += wave[0] * Math.Sin((wave[1] * value) + wave[2]);
            }

            gradient[0] = (2 * a * value) + b + slope;
            loss += (a * value * value) + (b * value);
            return value > wall[0] && value < wall[1] ? loss + 1e30 : loss;
        }, (_, _, _) => throw new NotSupportedException());
        var rule = new Lbfgs(LearningRate: Number(cells[5]), ToleranceChange: Number(cells[6]), MaxIterations: Number(cells[7]), LineSearch: "strong-wolfe");
        Add(points, Trajectory.Run<double>(rule, problem, 1).Steps[^1].Parameters[0]);
        return points;
    }

    static void Add(List<double> points, double point)
    {
        if (points.Count == 0 || points[^1] != point)
        {
            points.Add(point);
        }
    }

    static double[] Numbers(string text, char separator) => [.. text.Split(separator).Select(Number)];

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
