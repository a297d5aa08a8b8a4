using System.Text.Json;
using Descent.Analysis;
using Descent.Optimizers;

namespace Descent.Tests.Analysis;

public class TrajectoryTests
{
    static readonly JsonSerializerOptions snakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public void GradientDescentOnTheRavineIsItsClosedForm()
    {
        var path = Trajectory.Run<double>(new Sgd(LearningRate: 0.015), TestProblem.Find("ravine"), 40);

        Assert.Null(path.DivergedAt);
        Assert.Equal(Enumerable.Range(0, 41), path.Steps.Select(x => x.Step));
        foreach (var point in path.Steps)
        {
            double x = -10 * Math.Pow(1 - 0.015, point.Step), y = Math.Pow(1 - 1.5, point.Step);
            Assert.Equal(x, point.Parameters[0], 12);
            Assert.Equal(y, point.Parameters[1], 12);
            Assert.Equal((0.5 * x * x) + (50 * y * y), point.Loss, 10);
            Assert.Equal(Math.Sqrt((x * x) + (100 * y * 100 * y)), point.GradientNorm, 10);
        }
    }

    [Fact]
    public void AScheduleMultipliesTheLearningRateOfEachStep()
    {
        var path = Trajectory.Run<double>(new Sgd(LearningRate: 0.01), TestProblem.Find("ravine"), 3, schedule: taken => 1.0 / (1 + taken));

        Assert.Equal(-10 * (1 - 0.01) * (1 - 0.005) * (1 - (0.01 / 3)), path.Steps[3].Parameters[0], 14);
    }

    [Fact]
    public void NoStepsGiveTheStart()
    {
        var path = Trajectory.Run<double>(new Adam(), TestProblem.Find("rosenbrock"), 0);

        var start = Assert.Single(path.Steps);
        Assert.Equal([-1.2, 1], start.Parameters);
        Assert.Equal((0, 24.2), (start.Step, Math.Round(start.Loss, 12)));
    }

    [Fact]
    public void AnotherStartIsTaken() =>
        Assert.Equal([0.5, 0.25], Trajectory.Run<double>(new Adam(), TestProblem.Find("rosenbrock"), 0, [0.5, 0.25]).Steps[0].Parameters);

    [Fact]
    public void InFloatEveryParameterIsAFloat()
    {
        var path = Trajectory.Run<float>(new Adam(), TestProblem.Find("drift"), 25);

        Assert.Equal("float32", path.Precision);
        Assert.All(path.Steps.SelectMany(x => x.Parameters), x => Assert.Equal((double)(float)x, x));
        Assert.NotEqual(path.Steps[25].Parameters, Trajectory.Run<double>(new Adam(), TestProblem.Find("drift"), 25).Steps[25].Parameters);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e300)]
    public void DivergenceEndsThePathWithItsStep(double learningRate)
    {
        var path = Trajectory.Run<double>(new Sgd(learningRate), TestProblem.Find("rosenbrock"), 1000);

        Assert.InRange(path.DivergedAt!.Value, 1, 20);
        Assert.Equal(path.DivergedAt, path.Steps.Count);
        Assert.All(path.Steps.SelectMany(x => x.Parameters.Append(x.Loss).Append(x.GradientNorm)), x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void AStartOfAnotherSizeIsRefused() => Assert.Equal("rosenbrock: the start must have 2 numbers, got 3.", Refusal([1, 2, 3]));

    [Fact]
    public void AStartThatIsNotFiniteIsRefused() =>
        Assert.Equal("rosenbrock: the start must be finite, got NaN at 1.", Refusal([1, double.NaN]));

    /// <summary>The form that other programs read, with numbers that come back to the bit.</summary>
    [Fact]
    public void ItIsWrittenAsJsonWithoutLoss()
    {
        var path = Trajectory.Run<double>(new Sgd(LearningRate: 0.1 / 3, Momentum: 0.9, Nesterov: true), TestProblem.Find("booth"), 5);
        string text = JsonSerializer.Serialize(path, snakeCase);

        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        Assert.Equal("sgd", root.GetProperty("optimizer").GetString());
        Assert.Equal(["learning_rate", "momentum", "dampening", "nesterov", "weight_decay"],
            root.GetProperty("hyperparameters").EnumerateObject().Select(x => x.Name));
        Assert.Equal(0.1 / 3, root.GetProperty("hyperparameters").GetProperty("learning_rate").GetDouble());
        Assert.True(root.GetProperty("hyperparameters").GetProperty("nesterov").GetBoolean());
        Assert.Equal(6, root.GetProperty("steps").GetArrayLength());
        foreach (var (step, point) in root.GetProperty("steps").EnumerateArray().Zip(path.Steps))
        {
            Assert.Equal(["step", "parameters", "loss", "gradient_norm"], step.EnumerateObject().Select(x => x.Name));
            Assert.Equal(point.Parameters, step.GetProperty("parameters").EnumerateArray().Select(x => x.GetDouble()));
            Assert.Equal(point.Loss, step.GetProperty("loss").GetDouble());
            Assert.Equal(point.GradientNorm, step.GetProperty("gradient_norm").GetDouble());
        }
    }

    static string Refusal(double[] start) =>
        Assert.Throws<BadInputException>(() => Trajectory.Run<double>(new Adam(), TestProblem.Find("rosenbrock"), 1, start)).Message;
}
