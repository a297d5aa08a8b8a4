namespace Descent.Tests.App;

public sealed class ScheduleCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheListHasEveryScheduleWithItsDefaults()
    {
        string output = Run("list", "schedules").MustSucceed().Output;

        Assert.Matches(@"\n cosine +Cosine annealing: .* length=0, end_factor=0\n", output);
        Assert.Contains("\nAll have warmup and per too.", output);
        Assert.Equal(12, Run("list", "schedules", "--json").MustSucceed().Json().GetArrayLength());
    }

    [Fact]
    public void TheDescriptionEndsWithTheCurve()
    {
        var outcome = Run("describe", "linear").MustSucceed();

        Assert.Contains("f(t) = s + (e − s)·min(t, T)/T", outcome.Output);
        Assert.Matches(@"\n warmup +0 +0, a share below 1, or a whole number of steps +", outcome.Output);
        Assert.EndsWith("""
            With the defaults, over 1,000 steps:
             1 ┤█▇▅▃▂
               ┤██████▇▅▄▂▁
               ┤███████████▇▆▄▃▁
               ┤█████████████████▆▅▃▂
               ┤██████████████████████▇▅▃▂
               ┤███████████████████████████▇▅▄▂▁
               ┤████████████████████████████████▇▆▄▃▁
             0 ┤██████████████████████████████████████▆▅▃▂
            """.ReplaceLineEndings("\n") + "\n", new DescentCommand(folder["."]) { Width = 50 }.Run("describe", "linear").MustSucceed().Output);
    }

    [Fact]
    public void OneThatWatchesHasNoCurve() =>
        Assert.EndsWith("\nIt has no curve: it goes by validation_loss.\n", Run("describe", "reduce-on-plateau").MustSucceed().Output);

    [Fact]
    public void JsonHasTheDefaultsThatHold()
    {
        var schedule = Run("describe", "warmup-stable-decay", "--json").MustSucceed().Json();

        Assert.Equal(["decay", "shape", "end_factor", "warmup", "per"],
            schedule.GetProperty("hyperparameters").EnumerateArray().Select(x => x.GetProperty("name").GetString()));
        Assert.Equal(0.05, schedule.GetProperty("hyperparameters")[3].GetProperty("default").GetDouble());
        Assert.Equal("linear, cosine or square-root", schedule.GetProperty("hyperparameters")[1].GetProperty("range").GetString());
    }

    [Fact]
    public void ATrainingPrintsTheLearningRateOfEachStep()
    {
        var lines = Run("train", "digits-mlp", "--optimizer", "sgd", "--set", "learning_rate=0.5", "--set", "schedule=linear", "--set",
            "schedule.warmup=1", "--steps", "5", "--json").MustSucceed().JsonLines();

        Assert.Equal([0.25, 0.5, 0.375, 0.25, 0.125], lines.Take(5).Select(x => x.GetProperty("learning_rate").GetDouble()));
        Assert.Equal(1, lines[5].GetProperty("schedules").GetProperty("schedule").GetProperty("warmup").GetDouble());
        Assert.Matches(@"\nSchedule +linear\(warmup=1\)\n", Run("train", "digits-mlp", "--optimizer", "sgd", "--set", "schedule=linear", "--set",
            "schedule.warmup=1", "--steps", "5").MustSucceed().Output);
    }

    [Fact]
    public void AMistakeIsOneSentence()
    {
        Run("train", "digits-mlp", "--optimizer", "sgd", "--set", "schedule.warmup=5").MustRefuse(
            "--set schedule.warmup=5: schedule needs the key \"name\", as in { name: cosine, warmup: 500 }.");
        Run("train", "digits-mlp", "--optimizer", "sgd", "--set", "schedule=cosine", "--set", "schedule.warmup=long").MustRefuse(
            "--set schedule.warmup=long: schedule: warmup must be a number, got long.");
    }

    DescentCommand.Outcome Run(params string[] arguments) => new DescentCommand(folder["."]).Run(arguments);
}
