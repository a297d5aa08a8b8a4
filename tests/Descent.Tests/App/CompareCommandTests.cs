namespace Descent.Tests.App;

/// <summary>The comparison of a study that was run.</summary>
public sealed class CompareCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public CompareCommandTests() => _ = Descent.Run("run", "quickstart", "--set", "epochs=2", "--seeds", "0,1,2", "--quiet", "--no-report").MustSucceed();

    DescentCommand Descent => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ThePageHasAVerdictARankingAndTheSeedsNeeded()
    {
        string page = Descent.Run("compare", "quickstart").MustSucceed().Output;
        Assert.Matches(@"(?s)\nVerdict\n.*\s(cannot\s+be\s+told\s+from|is\s+the\s+best\s+of\s+6|within\s+1)", page);
        Assert.Matches(@"\n sgd with momentum +3 +\d\d\.\d\d +\d\d\.\d\d … ", page);
        Assert.Contains("\nWhat would change the answer\n", page);
    }

    [Fact]
    public void JsonHasEveryPair()
    {
        var json = Descent.Run("compare", "quickstart", "--delta", "0.02", "--json").MustSucceed().Json();
        Assert.Equal(0.02, json.GetProperty("delta").GetDouble());
        Assert.Equal(6, json.GetProperty("ranking").GetArrayLength());
        Assert.Equal(15, json.GetProperty("pairs").GetArrayLength());
        Assert.True(json.GetProperty("pairs")[0].GetProperty("adjusted_probability").GetDouble() >= json.GetProperty("pairs")[0].GetProperty("probability").GetDouble());
    }

    [Fact]
    public void MistakesAreSaid()
    {
        Assert.Contains("has no study \"quickstar\". Did you mean \"quickstart\"?", Descent.Run("compare", "quickstar").Error);
        Assert.Contains("--delta must be a number above 0 and at most 1, got \"2\".", Descent.Run("compare", "quickstart", "--delta", "2").Error);
        _ = Descent.Run("run", "quickstart", "--set", "epochs=1", "--seeds", "0", "--quiet", "--no-report").MustSucceed();
        Descent.Run("compare", "quickstart").MustRefuse(
            "quickstart cannot be compared: it has one seed, 0, and one seed says nothing of the spread; run it with --seeds 0,1,2 or more.");
    }
}
