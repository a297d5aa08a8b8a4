namespace Descent.Tests.App;

public sealed class ProtocolCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    DescentCommand Descent => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AProtocolTunesThenCompares()
    {
        File.WriteAllText(folder["mine.yaml"], "workloads: [{ workload: digits-mlp, validation: 300, epochs: 1 }]\ntuning: { trials: 2, seeds: [9] }\nseeds: [1, 2]\noptimizers: [adam, lion]\n");
        string page = Descent.Run("run", "mine.yaml", "--quiet", "--no-report").MustSucceed().Output;
        Assert.Contains("\nScores over all workloads\n", page);
        Assert.EndsWith(page[page.IndexOf("\nVerdicts\n", StringComparison.Ordinal)..], Descent.Run("compare", "mine").MustSucceed().Output);
        var json = Descent.Run("compare", "mine", "--json").MustSucceed().Json();
        Assert.Equal(2, json.GetProperty("scores").GetArrayLength());
        Assert.Equal("validation", json.GetProperty("workloads")[0].GetProperty("chosen_by").GetString());
        string study = Descent.Run("compare", "mine.digits-mlp").MustSucceed().Output;
        Assert.Matches(@"chosen\s+by\s+seeds\s+of\s+its\s+own", study);
        Assert.Contains("Tuning cost", study);
        Assert.StartsWith("mine is a protocol, whose studies are fixed: --set epochs=2 cannot change it.", Descent.Run("run", "mine.yaml", "--set", "epochs=2").Error);
        Assert.Contains("Then 4 such trials", Descent.Run("run", "mine.yaml", "--dry-run").MustSucceed().Output);
    }

    [Fact]
    public void ProtocolsAreListed()
    {
        Assert.Contains("protocol-small", Descent.Run("list", "protocols").MustSucceed().Output);
        Assert.Contains("workloads:", Descent.Run("describe", "protocol-small").MustSucceed().Output);
        Assert.Contains("learning_rate from 0.0001 to 0.1", Descent.Run("describe", "adam").MustSucceed().Output);
    }
}
