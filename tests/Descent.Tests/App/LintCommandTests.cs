namespace Descent.Tests.App;

public sealed class LintCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    DescentCommand Descent => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AFileIsJudgedBeforeItHasRun()
    {
        File.WriteAllText(folder["mine.yaml"], "workload: digits-mlp\nepochs: 1\nseeds: [0]\noptimizers: [sgd: { learning_rate: 0.1 }, adam: { learning_rate: 0.1 }]\n");
        var outcome = Descent.Run("lint", "mine.yaml").MustSucceed();
        Assert.StartsWith("mine: 2 errors, 1 warning\n\nerror one-learning-rate: All 2 have the learning rate 0.1.\n", outcome.Output);
        Assert.Equal(1, Descent.Run("lint", "mine.yaml", "--strict").Code);
        var json = Descent.Run("lint", "mine.yaml", "--json").MustSucceed().Json();
        Assert.Equal(3, json.GetProperty("open").GetInt32());
        Assert.Equal("one-learning-rate", json.GetProperty("findings")[0].GetProperty("code").GetString());

        string run = Descent.Run("run", "mine.yaml", "--no-report").MustSucceed().Output;
        Assert.Contains("\nerror one-seed: The only seed is 0.\n", run);
        Assert.Contains("seed", Descent.Run("lint", "mine").MustSucceed().Output);
    }

    [Fact]
    public void WaiversAreShownAndDoNotCount()
    {
        var outcome = Descent.Run("lint", "quickstart", "--strict").MustSucceed();
        Assert.StartsWith("quickstart: 0 errors, 0 warnings, 2 waived\n", outcome.Output);
        Assert.Contains("Accepted: The rates were chosen at other seeds and on another split.", outcome.Output);
    }

    [Fact]
    public void ThereIsAListOfAll()
    {
        string list = Descent.Run("list", "confounds").MustSucceed().Output;
        Assert.Contains("unequal-trials", list);
        Assert.Contains("augmented-validation", list);
        Assert.StartsWith("one-seed: error. ", Descent.Run("describe", "one-seed").MustSucceed().Output);
        Assert.StartsWith("There is no preset \"quickstar\"", Descent.Run("lint", "quickstar").Error);
    }

    [Fact]
    public void TheReportHasTheVerdictAndTheConfounds()
    {
        _ = Descent.Run("run", "quickstart", "--set", "epochs=1", "--seeds", "0,1", "--quiet", "--report", "r.html").MustSucceed();
        string report = File.ReadAllText(folder["r.html"]);
        Assert.Contains("<h3>Verdict</h3>", report);
        Assert.Contains("<td>no-validation</td>", report);
    }
}
