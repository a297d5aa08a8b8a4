using System.Text.Json;

namespace Descent.Tests.App;

/// <summary>What is printed beside a study's table where the study asks for it.</summary>
public sealed class StudyPageTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public StudyPageTests() => File.WriteAllText(folder["own.yaml"], """
        name: own
        workload: digits-mlp
        epochs: 2
        seeds: [0, 1]
        evaluate: { parameters: true }
        match: { to: good, within: 0.04 }
        optimizers:
          - adam: { learning_rate: 0.01 }
            label: good
          - sgd: { learning_rate: [0.1, 1e-6] }
        """);

    DescentCommand Descent => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WeightsAtTheStartAndMatchesArePrinted()
    {
        string output = Descent.Run("run", "own.yaml", "--no-report").MustSucceed().Output;
        // PyTorch's scheme: uniform within 1/√64, so that the deviation is 1/√(3·64) = 0.0722.
        Assert.Matches(@"\n Standard deviation of each weight before the first step, means over the seeds:\n Weight +good +sgd learning_rate=0.1 +sgd learning_rate=1e-06\n─+\n"
            + @" fc1.weight +0\.07\d+ +0\.07\d+ +0\.07\d+\n fc2.weight +0\.07\d+ +0\.07\d+ +0\.07\d+\n", output);
        Assert.Matches(@"\n Training accuracy after the last step, good: 9\d\.\d\d ± \d\.\d\d %\. The others, in points from it:\n", output);
        Assert.Matches(@"\n sgd learning_rate=0.1 .* -1\d\.\d\d +\d\.\d\d +nearest\n sgd learning_rate=1e-06 .* -8\d\.\d\d +\d+\.\d\d\n", output);
        Assert.Matches(@"\n 0 of 2 lie within 4 points\.\n", output);
        Assert.EndsWith(output[output.IndexOf(" Standard deviation", StringComparison.Ordinal)..], Descent.Run("show", "own").MustSucceed().Output);
    }

    [Fact]
    public void MachinesReadThemToo()
    {
        _ = Descent.Run("run", "own.yaml", "--no-report", "--quiet").MustSucceed();
        var study = Descent.Run("show", "own", "--trials", "--json").MustSucceed().Json();
        Assert.Equal(["sgd learning_rate=0.1", "sgd learning_rate=1e-06"], study.GetProperty("matches").EnumerateArray().Select(x => x.GetProperty("label").GetString()));
        Assert.False(study.GetProperty("matches")[1].GetProperty("is_match").GetBoolean());
        Assert.Equal(["fc1.weight", "fc2.weight"], study.GetProperty("trial_results")[0].GetProperty("initial_weights").EnumerateObject().Select(x => x.Name));
        _ = Descent.Run("run", "quickstart", "--epochs", "1", "--seeds", "0", "--no-report", "--quiet").MustSucceed();
        var plain = Descent.Run("show", "quickstart", "--trials", "--json").MustSucceed().Json();
        Assert.False(plain.TryGetProperty("matches", out JsonElement _) || plain.GetProperty("trial_results")[0].TryGetProperty("initial_weights", out _));
    }
}
