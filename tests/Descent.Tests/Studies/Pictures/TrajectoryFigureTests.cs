using Descent.Analysis;
using Descent.Optimizers;
using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;
using Descent.Studies.Pictures;

namespace Descent.Tests.Studies.Pictures;

public class TrajectoryFigureTests
{
    static readonly TestProblem ravine = TestProblem.Find("ravine");

    [Fact]
    public void PathsLieOverTheContoursWithStartAndMinimum()
    {
        var figure = Build(ravine, new Sgd(LearningRate: 0.015), new Adam(LearningRate: 0.2));

        Assert.Equal(["minimum", "sgd", "adam", "start"], figure.Data.OfType<ScatterTrace>().Select(trace => trace.Name));
        var sgd = figure.Data.OfType<ScatterTrace>().First(trace => trace.Name == "sgd");
        var path = Trajectory.Run<double>(new Sgd(LearningRate: 0.015), ravine, 40);
        Assert.Equal(path.Steps.Select(step => step.Parameters[0]), sgd.X.Numbers.ToArray());
        Assert.Equal(path.Steps.Select(step => step.Parameters[1]), sgd.Y.Numbers.ToArray());
        Assert.Equal("sgd, adam on ravine", figure.Layout.Title);
        Assert.Contains("Loss at the end: sgd ", figure.Layout.Subtitle);

        // The heights are those of the loss, whatever they are spaced by.
        var contours = Assert.Single(figure.Data.OfType<ContourTrace>());
        var order = Enumerable.Range(0, contours.X.Count).OrderBy(i => contours.Z[90].Numbers[i]).Select(i => Math.Abs(contours.X.Numbers[i])).ToList();
        Assert.Equal(order.Order(), order);
        Assert.Equal(16, contours.Contours.Count);
    }

    [Theory]
    [InlineData("rosenbrock")]
    [InlineData("beale")]
    [InlineData("himmelblau")]
    [InlineData("rastrigin")]
    [InlineData("booth")]
    [InlineData("ravine")]
    [InlineData("saddle")]
    [InlineData("drift")]
    [InlineData("quad20")]
    public void EveryProblemCanBeDrawn(string problem)
    {
        var figure = Build(TestProblem.Find(problem), new Adam(LearningRate: 0.05));
        string svg = SvgRenderer.Render(figure);

        Assert.DoesNotContain("NaN", svg);
        Assert.InRange(svg.Length, 4_000, 300_000);
        Assert.Equal(TestProblem.Find(problem).Dimension == 2 ? 1 : 2, figure.Layout.Panels.Count);
        Assert.Equal(figure.ToJson(), Figure.FromJson(figure.ToJson()).ToJson());
    }

    /// <summary>What flies away is cut off; start and minimum stay to be seen.</summary>
    [Fact]
    public void ADivergingPathDoesNotBlowUpTheWindow()
    {
        var path = Trajectory.Run<double>(new Sgd(LearningRate: 0.021), ravine, 1000);
        Assert.True(path.Steps.Max(step => Math.Abs(step.Parameters[1])) > 1e6);

        var window = PlaneWindow.Of(ravine, [path]);

        Assert.InRange(window.Top, 1, 20);
        Assert.InRange(window.Bottom, -20, -1);
        Assert.True(window.Left < -10 && window.Right > 0);
    }

    /// <summary>On the ravine the gradient is (x, 100·y).</summary>
    [Fact]
    public void GradientArrowsPointDownhillAndStepArrowsAlongTheSteps()
    {
        var path = Trajectory.Run<double>(new Sgd(LearningRate: 0.001), ravine, 3);
        var figure = new TrajectoryFigure { Problem = ravine, Paths = [path], HasArrows = true }.Build();

        var gradient = figure.Data.OfType<ScatterTrace>().Single(trace => trace.Name == "against the gradient");
        var (dx, dy) = (gradient.X.Numbers[1] - gradient.X.Numbers[0], gradient.Y.Numbers[1] - gradient.Y.Numbers[0]);
        Assert.Equal((-10.0, 1.0), (gradient.X.Numbers[0], gradient.Y.Numbers[0]));
        Assert.Equal(-10, dy / dx, 1e-9);
        Assert.True(dx > 0);
        var steps = figure.Data.OfType<ScatterTrace>().Single(trace => trace.Name == "sgd: step");
        Assert.Equal((path.Steps[1].Parameters[0], path.Steps[1].Parameters[1]), (steps.X.Numbers[1], steps.Y.Numbers[1]));
        Assert.Equal(3, steps.X.Numbers.ToArray().Count(double.IsNaN));
    }

    [Fact]
    public void TwoPathsOfOneRuleHaveNumbers() => Assert.Equal("sgd 1, sgd 2 on ravine",
        Build(ravine, new Sgd(LearningRate: 0.01), new Sgd(LearningRate: 0.02)).Layout.Title);

    [Fact]
    public void NoiseIsSaid()
    {
        var noise = new GradientNoise(2.5, 7);
        var path = Trajectory.Run<double>(new Sgd(LearningRate: 0.01), ravine, 5, noise: noise);

        Assert.Contains("The optimizers saw gradients with noise, σ = 2.5 (seed 7).",
            new TrajectoryFigure { Problem = ravine, Paths = [path], Noise = noise }.Build().Layout.Subtitle);
    }

    static Figure Build(TestProblem problem, params IReadOnlyList<IOptimizer> rules) =>
        new TrajectoryFigure { Problem = problem, Paths = [.. rules.Select(rule => Trajectory.Run<double>(rule, problem, 40))] }.Build();
}
