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

    [Theory]
    [InlineData("quadratic --set momentun=0.5", "heavy-ball has no hyperparameter \"momentun\". Did you mean \"momentum\"? Known: learning_rate, momentum.")]
    [InlineData("quadratic --set momentum=1", "heavy-ball: momentum must be in [0, 1), got \"1\".")]
    [InlineData("quadratic --condition 0.5", "the condition must be a number of at least 1, got 0.5.")]
    public void AMistakeIsOneSentence(string command, string sentence) => new DescentCommand(".").Run(command.Split(' ')).MustRefuse(sentence);
}
