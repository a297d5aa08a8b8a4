using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Descent.Tests.App;

public sealed class DiffCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheStepWhereTwoRulesPartIsSaidWithItsReason()
    {
        string output = Run("diff adam amsgrad --on drift").MustSucceed().Output;

        Assert.StartsWith("adam and amsgrad on drift, 100 steps in float64, both with the gradients along adam's path\n", output);
        Assert.Matches(@"\nDifference   amsgrad differs from adam: .*\n", output);
        Assert.Matches(@"\nThey part at step 6; after step 100 the gap is [0-9.]+ % of the way that adam has come. Up to step 5 they have the same bits.\n", Unwrapped(output));
        Assert.Matches(@"\n +5 +0 +0 +0\.0041\d+ +0\.0041\d+\n +6 +\S+e-07 ", output);
    }

    /// <summary>Sentences break where the terminal ends; paragraphs have an empty line between them.</summary>
    static string Unwrapped(string output) => Regex.Replace(output, @"(?<=\S)\n(?=\S)", " ");

    [Fact]
    public void JsonHasEveryStep()
    {
        var difference = Run("diff adam amsgrad --steps 25 --json").MustSucceed().Json();

        Assert.Equal(("drift", "one stream", 6, 5), (difference.GetProperty("problem").GetString(), difference.GetProperty("gradients").GetString(),
            difference.GetProperty("parts_at_step").GetInt32(), difference.GetProperty("equal_bits_until").GetInt32()));
        Assert.Equal(Enumerable.Range(1, 25), difference.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetInt32()));
        Assert.True(difference.GetProperty("steps")[24].GetProperty("relative_gap").GetDouble() > 1e-6);
        Assert.Equal("amsgrad", difference.GetProperty("second").GetProperty("optimizer").GetString());
    }

    [Fact]
    public void OneRuleTakesTwoValues()
    {
        var difference = Run("diff sgd sgd --set learning_rate=0.1 --set second.learning_rate=0.2 --set schedule=linear --steps 3 --json").MustSucceed().Json();

        Assert.Equal([0.1, 0.2], new[] { "first", "second" }.Select(x => difference.GetProperty(x).GetProperty("hyperparameters").GetProperty("learning_rate").GetDouble()));
        Assert.All(difference.GetProperty("steps").EnumerateArray(), step => Assert.Equal(1, step.GetProperty("relative_gap").GetDouble(), 1e-12));
        Assert.Contains("\n\nThey do not part: every step has the same bits.\n", Run("diff adam adam").MustSucceed().Output);
    }

    [Fact]
    public void OwnGradientsServeRulesThatAskForMore()
    {
        var difference = Run("diff sgd lbfgs --own-gradients --on quad20 --steps 5 --json").MustSucceed().Json();

        Assert.Equal(("own", 1), (difference.GetProperty("gradients").GetString(), difference.GetProperty("parts_at_step").GetInt32()));
    }

    [Fact]
    public void APictureShowsTheGap()
    {
        Assert.EndsWith($"\n\nPicture: {folder["gap.svg"]}\n", Run("diff rmsprop rmsprop-keras -o gap.svg").MustSucceed().Output);

        var svg = XElement.Load(folder["gap.svg"]);
        Assert.Contains("They part at step 1.", svg.Value);
        Assert.Contains("Gap between the parameters", svg.Value);
    }

    [Theory]
    [InlineData("diff adam", "descent diff needs <other rule>.")]
    [InlineData("diff adam amsgrd", "amsgrd is not an optimizer. Did you mean \"amsgrad\"? Known: ")]
    [InlineData("diff adam amsgrad --on drft", "drft is not a test problem. Did you mean \"drift\"? Known: ")]
    [InlineData("diff adam amsgrad --set third.beta1=0.5", "--set third.beta1: third is not among the rules.")]
    [InlineData("diff adam amsgrad --set seconds.beta1=0.5", "--set seconds.beta1: seconds is not among the rules. Did you mean \"second\"? Known: first, adam, second, amsgrad.")]
    [InlineData("diff adam amsgrad --set momentum=0.5", "adam has no hyperparameter \"momentum\".")]
    [InlineData("diff adam amsgrad --set schedule.warmup=5", "--set schedule.warmup: which schedule? Add --set schedule=cosine. See: descent list schedules")]
    [InlineData("diff adam amsgrad --set schedule=cosin", "cosin is not a schedule. Did you mean \"cosine\"? Known: ")]
    [InlineData("diff sgd lbfgs", "lbfgs asks for gradients of its own within a step")]
    [InlineData("diff adam amsgrad -o gap.png", "--output ")]
    [InlineData("diff adam amsgrad -o no/such/gap.svg", "--output ")]
    [InlineData("diff adam amsgrad --steps 0", "--steps must be a whole number of at least 1 and at most 1000000, got \"0\".")]
    public void BadInputIsOneSentence(string line, string beginning)
    {
        var outcome = Run(line);
        Assert.StartsWith(beginning, outcome.Error);
        Assert.Equal((2, "", 1), (outcome.Code, outcome.Output, outcome.Error.Count(x => x == '\n')));
    }

    DescentCommand.Outcome Run(string line) => new DescentCommand(folder["."]).Run(line.Split(' '));
}
