using System.Xml.Linq;

namespace Descent.Tests.App;

public class QuadraticCommandTests
{
    [Fact]
    public void HeavyBallAtConditionAHundred()
    {
        string output = new DescentCommand(".") { Width = 200 }.Run("quadratic", "--condition", "100", "--optimizer", "heavy-ball").MustSucceed().Output;

        Assert.Matches("Learning rate +0.03306\n", output);
        Assert.Matches("Momentum +0.6694\n", output);
        Assert.Matches("Rate +0.818182 a step in the worst case: 11.47 steps for a digit\n", output);
        Assert.Matches("Best rate +0.818182 of heavy-ball; 0.980198 of gradient descent\n", output);
    }

    [Fact]
    public void JsonHasRunAndBound()
    {
        var json = new DescentCommand(".").Run("quadratic", "--optimizer", "nesterov", "--set", "momentum=0.5", "--steps", "30", "--json").MustSucceed().Json();

        Assert.Equal((0.5, 31, 31), (json.GetProperty("momentum").GetDouble(), json.GetProperty("distances").GetArrayLength(), json.GetProperty("bounds").GetArrayLength()));
        Assert.True(json.GetProperty("rate").GetDouble() > json.GetProperty("optimal_rate").GetDouble());
        Assert.Equal(2, json.GetProperty("roots")[0].GetProperty("roots").GetArrayLength());
    }

    [Fact]
    public void ThePictureHasRunAndBound()
    {
        using var folder = new TemporaryFolder();
        _ = new DescentCommand(folder["."]).Run("quadratic", "--steps", "50", "-o", "run.svg").MustSucceed();

        Assert.Contains("heavy-ball on quadratics of condition 100", XElement.Load(folder["run.svg"]).Value);
    }

    [Fact]
    public void ConvexTellsBothPowersAndTheFloor()
    {
        var command = new DescentCommand(".") { Width = 200 };
        string output = command.Run("quadratic", "--convex", "--steps", "1000").MustSucceed().Output;
        var problems = command.Run("quadratic", "--convex", "--steps", "1000", "--json").MustSucceed().Json().GetProperty("problems");
        var (even, chain) = (problems[0], problems[1]);

        Assert.Equal(-1, even.GetProperty("gradient_descent").GetProperty("exponent").GetDouble(), 0.01);
        Assert.Equal(-2, even.GetProperty("nesterov").GetProperty("exponent").GetDouble(), 0.06);
        Assert.Contains("Over the last tenfold of steps f − f* falls like 1/t^1.00 and 1/t^1.95.", output);
        Assert.Contains("Nesterov's worst function of 2,001 numbers:", output);
        Assert.Equal((1001, 1001), (chain.GetProperty("floors").GetArrayLength(), chain.GetProperty("nesterov").GetProperty("heights").GetArrayLength()));
    }

    [Fact]
    public void ThePictureOfConvexHasBothProblems()
    {
        using var folder = new TemporaryFolder();
        _ = new DescentCommand(folder["."]).Run("quadratic", "--convex", "--steps", "20", "-o", "convex.svg").MustSucceed();

        string text = XElement.Load(folder["convex.svg"]).Value;
        Assert.Contains("Nesterov's worst function, 41 numbers", text);
        Assert.Contains("Curvatures at equal ratios", text);
    }

    [Theory]
    [InlineData("quadratic --convex --optimizer nesterov",
        "--convex runs gradient descent and Nesterov's method with the constants of their bounds: leave out --condition, --optimizer and --set.")]
    [InlineData("quadratic --convex --steps 10001", "--steps must be a whole number of at most 10000 with --convex, got \"10001\".")]
    [InlineData("quadratic --set momentun=0.5", "heavy-ball has no hyperparameter \"momentun\". Did you mean \"momentum\"? Known: learning_rate, momentum.")]
    [InlineData("quadratic --set momentum=1", "heavy-ball: momentum must be in [0, 1), got \"1\".")]
    [InlineData("quadratic --condition 0.5", "the condition must be a number of at least 1, got 0.5.")]
    public void AMistakeIsOneSentence(string command, string sentence) => new DescentCommand(".").Run(command.Split(' ')).MustRefuse(sentence);
}
