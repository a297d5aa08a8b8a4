using System.Text.Json;

namespace Descent.Tests.App;

public sealed class ClippingCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheListHasEveryClippingAndHowToAskForOne()
    {
        string output = new DescentCommand(folder["."]) { Width = 200 }.Run("list", "clippings").MustSucceed().Output;

        Assert.Matches(@"\n unit-wise +Adaptive unit-wise clipping \(AGC\): .* limit=0.01, epsilon=0.001\n", output);
        Assert.Contains("--set clip=percentile --set clip.percentile=50", output);
    }

    [Fact]
    public void BothNormsAreThoseOfEachStep()
    {
        var lines = Run("train", "digits-mlp", "--optimizer", "sgd", "--set", "clip=norm", "--set", "clip.limit=0.25", "--steps", "3", "--json")
            .MustSucceed().JsonLines();

        Assert.All(lines.Take(3), line => Assert.True(line.GetProperty("gradient_norm").GetDouble() > 0.25));
        Assert.All(lines.Take(3), line => Assert.Equal(0.25, line.GetProperty("clipped_gradient_norm").GetDouble()));
        Assert.Contains("\nClipping    norm(limit=0.25)\n", Run("train", "digits-mlp", "--optimizer", "sgd", "--set", "clip_norm=0.25", "--steps", "1")
            .MustSucceed().Output);
    }

    /// <summary>Weights this large overflow float32 on bright images alone, and steps this small leave them where they are.</summary>
    [Fact]
    public void SkippedStepsAreSaid()
    {
        string[] overflowing = ["--set", "non_finite=skip", "--batch-size", "1", "--steps", "100"];
        string[] train = ["train", "digits-mlp", "--optimizer", "adam", "--set", "learning_rate=1e-30", "--initialization", "normal(scale=2e18)",
            .. overflowing];

        var summary = Run([.. train, "--json"]).MustSucceed().JsonLines()[^1];
        long skipped = summary.GetProperty("skipped_steps").GetInt64();
        Assert.InRange(skipped, 1, 99);
        Assert.Contains($"\nSkipped      {skipped} of 100 steps: loss or gradient was not finite\n", Run(train).MustSucceed().Output);

        File.WriteAllText(folder["study.yaml"], """
            workload: digits-mlp
            seeds: [0]
            initialization: normal(scale=2e18)
            optimizers: [adam: { learning_rate: 1e-30 }]
            """);
        var run = Run(["run", "study.yaml", "--no-report", .. overflowing]).MustSucceed();
        Assert.Matches($@"\[1/1\] adam .*, {skipped} steps skipped\n", run.Output);
        Assert.Contains($"\n adam seed 0 skipped {skipped} steps whose loss or gradient was not finite.\n", run.Output);
        using var shown = JsonDocument.Parse(Run("export", "study", "--format", "json").MustSucceed().Output);
        Assert.Equal(skipped, shown.RootElement.GetProperty("trials")[0].GetProperty("skipped_steps").GetInt64());
    }

    DescentCommand.Outcome Run(params string[] arguments) => new DescentCommand(folder["."]).Run(arguments);
}
