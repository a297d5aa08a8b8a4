using Descent.Analysis;
using Descent.Tensors;

namespace Descent.Tests.Analysis;

public class TestProblemTests
{
    public static TheoryData<string> Names => [.. TestProblem.All.Select(x => x.Name)];

    [Fact]
    public void TheNamesAreFixed() =>
        Assert.Equal(["beale", "booth", "drift", "drift-full-rank", "himmelblau", "quad20", "rastrigin", "ravine", "rosenbrock", "saddle"],
            TestProblem.All.Select(x => x.Name));

    [Fact]
    public void AnUnknownNameIsRefusedWithTheNearest() =>
        Assert.StartsWith("rosenbrok is not a test problem. Did you mean \"rosenbrock\"? Known: beale, booth, drift, ",
            Assert.Throws<BadInputException>(() => TestProblem.Find("rosenbrok")).Message);

    /// <summary>Central differences of order four, at the start and at random points near it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void GradientsAgreeWithDifferences(string name)
    {
        const double Width = 1e-3;
        var problem = TestProblem.Find(name);
        double[] gradient = new double[problem.Dimension], unused = new double[problem.Dimension];
        for (int point = 0; point < 20; point++)
        {
            var w = Near(problem, (ulong)point);
            _ = problem.Evaluate(w, point, gradient);
            for (int k = 0; k < w.Length; k++)
            {
                double At(double shift)
                {
                    double[] moved = [.. w];
                    moved[k] += shift;
                    return problem.Evaluate(moved, point, unused);
                }

                double difference = ((8 * (At(Width) - At(-Width))) - (At(2 * Width) - At(-2 * Width))) / (12 * Width);
                Assert.InRange(gradient[k], difference - Allowed(difference), difference + Allowed(difference));
            }
        }

        static double Allowed(double size) => 1e-7 * Math.Max(1, Math.Abs(size));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void HessiansAgreeWithDifferencesOfGradients(string name)
    {
        const double Width = 1e-3;
        var problem = TestProblem.Find(name);
        int n = problem.Dimension;
        double[] hessian = new double[n * n];
        for (int point = 0; point < 20; point++)
        {
            var w = Near(problem, (ulong)point);
            problem.Hessian(w, point, hessian);
            for (int k = 0; k < n; k++)
            {
                double[] a = At(Width), b = At(-Width), c = At(2 * Width), d = At(-2 * Width);
                for (int i = 0; i < n; i++)
                {
                    double difference = ((8 * (a[i] - b[i])) - (c[i] - d[i])) / (12 * Width), allowed = 1e-6 * Math.Max(1, Math.Abs(difference));
                    Assert.InRange(hessian[(i * n) + k], difference - allowed, difference + allowed);
                    Assert.Equal(hessian[(i * n) + k], hessian[(k * n) + i]);
                }

                double[] At(double shift)
                {
                    double[] moved = [.. w], gradient = new double[n];
                    moved[k] += shift;
                    _ = problem.Evaluate(moved, point, gradient);
                    return gradient;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AtAMinimumTheGradientIsZeroAndEverythingNearIsHigher(string name)
    {
        var problem = TestProblem.Find(name);
        double[] gradient = new double[problem.Dimension];
        foreach (var minimum in problem.Minima)
        {
            double least = problem.Evaluate([.. minimum], 0, gradient);
            Assert.All(gradient, x => Assert.InRange(x, -1e-12, 1e-12));
            for (ulong index = 0; index < 20; index++)
            {
                Assert.True(problem.Evaluate(Near(problem with { Start = minimum }, index + 1), 0, gradient) > least);
            }
        }
    }

    /// <summary>From the published definitions; those of many parameters from an independent computation.</summary>
    [Theory]
    [InlineData("rosenbrock", 0, 24.2)]
    [InlineData("beale", 0, 14.203125)]
    [InlineData("himmelblau", 0, 170)]
    [InlineData("rastrigin", 0, 36.25)]
    [InlineData("booth", 0, 884)]
    [InlineData("ravine", 0, 100)]
    [InlineData("saddle", 0, 0.999999)]
    [InlineData("drift", 0, -0.7864935538660697, -0.04000000000000001, 0.25886427610679597, 0.3996523260724074)]
    [InlineData("drift", 24, 1.12301210732583, 0.20041130749432412, -0.4376597642528002, -0.06138586367642468)]
    [InlineData("drift-full-rank", 0, -1.085107239767569, 0.4417790927085965, 0.4961609111320683, -0.43889763965625045)]
    [InlineData("drift-full-rank", 24, 1.197728647964094, -0.39812278456198547, -0.42842450764485573, 0.5133977565986394)]
    [InlineData("quad20", 0, 2.0333286817415446, -0.2, 0.4529917101083286, 3.8293046521448146)]
    public void TheStartHasItsKnownLossAndGradient(string name, int t, double loss, params double[] components)
    {
        var problem = TestProblem.Find(name);
        double[] gradient = new double[problem.Dimension];

        Assert.Equal(loss, problem.Evaluate([.. problem.Start], t, gradient), 12);
        foreach (var (k, expected) in new[] { 0, 7, 19 }.Zip(components))
        {
            Assert.Equal(expected, gradient[k], 14);
        }
    }

    [Fact]
    public void MatrixRulesSeeMatrices()
    {
        Assert.Equal(new Shape(1, 2), TestProblem.Find("rosenbrock").Shape);
        Assert.Equal(new Shape(4, 5), TestProblem.Find("drift").Shape);
        Assert.Equal(new Shape(20), TestProblem.Find("quad20").Shape);
        Assert.All(TestProblem.All, x => Assert.Equal(x.Dimension, x.Start.Count));
    }

    static double[] Near(TestProblem problem, ulong index)
    {
        var stream = new RandomStream(7, StreamPurpose.Noise, index);
        return [.. problem.Start.Select(x => x + (index == 0 ? 0 : 0.3 * stream.NextNormal()))];
    }
}
