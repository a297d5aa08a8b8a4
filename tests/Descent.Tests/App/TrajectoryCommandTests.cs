using System.Xml.Linq;
using Descent.Analysis;
using Descent.Optimizers;

namespace Descent.Tests.App;

public class TrajectoryCommandTests
{
    [Fact]
    public void JsonHasEveryIterateWithAllDigits()
    {
        var path = new DescentCommand(".").Run(
            "trajectory", "adam", "--on", "rosenbrock", "--set", "learning_rate=0.05", "--steps", "25", "--json").MustSucceed().Json();
        var expected = Trajectory.Run<double>(new Adam(LearningRate: 0.05), TestProblem.Find("rosenbrock"), 25);
        Assert.Equal("adam", path.GetProperty("optimizer").GetString());
        Assert.Equal(0.05, path.GetProperty("hyperparameters").GetProperty("learning_rate").GetDouble());
        Assert.Equal(expected.Steps.Select(x => (x.Step, x.Loss, x.Parameters[0], x.Parameters[1])),
            path.GetProperty("steps").EnumerateArray()
            .Select(x => (x.GetProperty("step").GetInt32(), x.GetProperty("loss").GetDouble(), x.GetProperty("parameters")[0].GetDouble(),
                x.GetProperty("parameters")[1].GetDouble())));
    }

    [Fact]
    public void SeveralRulesPrintALineEach()
    {
        var paths = new DescentCommand(".").Run("trajectory", "sgd", "adam", "--on", "ravine", "--start", "-1,2",
            "--set", "sgd.learning_rate=0.5", "--set", "learning_rate=0.01", "--set", "sgd.momentum=0.9", "--steps", "3", "--precision",
                "float32", "--json").MustSucceed().JsonLines();
        Assert.Equal(["sgd", "adam"], paths.Select(x => x.GetProperty("optimizer").GetString()));
        // A rule's own value wins, wherever it stands.
        Assert.Equal([0.5, 0.01], paths.Select(x => x.GetProperty("hyperparameters").GetProperty("learning_rate").GetDouble()));
        Assert.All(paths, x => Assert.Equal([-1, 2], x.GetProperty("steps")[0].GetProperty("parameters").EnumerateArray()
            .Select(y => y.GetDouble())));
        Assert.Equal(0.9, paths[0].GetProperty("hyperparameters").GetProperty("momentum").GetDouble());
        Assert.All(paths, x => Assert.Equal("float32", x.GetProperty("precision").GetString()));
    }

    [Fact]
    public void DivergenceIsAResult()
    {
        var outcome = new DescentCommand(".").Run("trajectory", "sgd", "--set", "learning_rate=10", "--on", "saddle", "--steps", "1000")
            .MustSucceed();
        Assert.Matches("diverged at step [0-9]+", outcome.Output);
    }

    [Fact]
    public void APictureShowsThePathsOverTheContours()
    {
        using var folder = new TemporaryFolder();
        var outcome = new DescentCommand(folder["."]).Run("trajectory", "sgd", "adam", "--on", "beale", "--set", "learning_rate=0.01", "--steps", "20",
            "--noise", "2", "--seed", "3", "--arrows", "-o", "paths.svg").MustSucceed();

        Assert.EndsWith($"\n\nPicture: {folder["paths.svg"]}\n", outcome.Output);
        var svg = XElement.Load(folder["paths.svg"]);
        Assert.Contains("sgd, adam on beale", svg.Value);
        Assert.Contains("σ = 2 (seed 3)", svg.Value);
        Assert.Contains("against the gradient", svg.Value);
        Assert.Equal(4, svg.Descendants().Count(x => x.Name.LocalName == "animate"));
    }

    [Fact]
    public void NoiseIsThatOfTheSeedForEveryRule()
    {
        double[] First(params string[] more) => [.. new DescentCommand(".").Run([.. "trajectory sgd --on booth --steps 1 --json".Split(' '), .. more])
            .MustSucceed().Json().GetProperty("steps")[1].GetProperty("parameters").EnumerateArray().Select(x => x.GetDouble())];

        Assert.Equal(First("--noise", "1"), First("--noise", "1", "--seed", "0"));
        Assert.NotEqual(First("--noise", "1"), First("--noise", "1", "--seed", "1"));
        Assert.Equal(First(), First("--noise", "0"));
    }

    /// <summary>On the saddle's x axis a step multiplies x by 1 − 2·η: 0.8, then, at half the rate, 0.9.</summary>
    [Fact]
    public void AScheduleMovesTheLearningRate()
    {
        var steps = new DescentCommand(".").Run("trajectory", "sgd", "--on", "saddle", "--start", "1,0", "--set", "learning_rate=0.1", "--set",
            "schedule=linear", "--steps", "2", "--json").MustSucceed().Json().GetProperty("steps");

        Assert.Equal(0.8 * 0.9, steps[2].GetProperty("parameters")[0].GetDouble(), 1e-15);
    }

    [Theory]
    [InlineData("trajectory sgd --noise -1", "--noise must be a number of at least 0, got \"-1\".")]
    [InlineData("trajectory sgd --noise loud", "--noise must be a number of at least 0, got \"loud\".")]
    [InlineData("trajectory sgd -o paths.png", "--output ")]
    [InlineData("trajectory sgd --on rosenbruck", "rosenbruck is not a test problem. Did you mean \"rosenbrock\"?")]
    [InlineData("trajectory sdg", "sdg is not an optimizer. Did you mean \"sgd\"?")]
    [InlineData("trajectory sgd --set learing_rate=1", "sgd has no hyperparameter \"learing_rate\". Did you mean \"learning_rate\"?")]
    [InlineData("trajectory sgd --set adam.beta1=1", "--set adam.beta1: adam is not among the rules. Known: sgd.")]
    [InlineData("trajectory adam --set beta1=1.2", "adam: beta1 must lie in [0, 1), got 1.2.")]
    [InlineData("trajectory sgd --set learning_rate", "--set learning_rate: the form is key=value, as in learning_rate=0.1.")]
    [InlineData("trajectory sgd --start 1,a", "--start must be numbers with commas between them, got \"1,a\".")]
    [InlineData("trajectory sgd --start 1", "rosenbrock: the start must have 2 numbers, got 1.")]
    [InlineData("trajectory sgd --steps -1", "--steps must be a whole number of at least 0 and at most 10000000, got \"-1\".")]
    [InlineData("trajectory sgd --steps", "descent trajectory: --steps needs a value. See: descent trajectory --help")]
    [InlineData("trajectory sgd --steps 1 --steps 2", "descent trajectory: --steps may be given once. See: descent trajectory --help")]
    [InlineData("trajectory sgd --precision float23", "--precision has no choice \"float23\". Did you mean \"float32\"?")]
    public void BadInputIsOneSentence(string line, string beginning)
    {
        var outcome = new DescentCommand(".").Run(line.Split(' '));
        Assert.StartsWith(beginning, outcome.Error);
        Assert.Equal((2, "", 1), (outcome.Code, outcome.Output, outcome.Error.Count(x => x == '\n')));
    }
}
