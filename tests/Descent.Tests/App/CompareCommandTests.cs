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

    /// <summary>No line is wider than the terminal, and every row of a table that is cut has its optimizer.</summary>
    [Theory]
    [InlineData(80)]
    [InlineData(60)]
    public void NarrowTerminalsGetTablesBelowEachOther(int width)
    {
        string[] wide = Descent.Run("compare", "quickstart").Lines;
        string[] page = new DescentCommand(folder.Path) { Width = width }.Run("compare", "quickstart").MustSucceed().Lines;

        Assert.All(page, line => Assert.InRange(line.Length, 1, width));
        Assert.True(page.Count(line => line.StartsWith(" sgd with momentum ", StringComparison.Ordinal)) > wide.Count(line => line.StartsWith(" sgd with momentum ", StringComparison.Ordinal)));
        string row = wide.First(line => line.StartsWith(" sgd with momentum ", StringComparison.Ordinal));
        Assert.All(row.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), cell => Assert.Contains(page, line => line.Contains(cell, StringComparison.Ordinal)));
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

    /// <summary>Forward 64·64 + 64·10 multiply-adds an image, 2 operations each, three passes a gradient; SAM takes two gradients, AdaHessian one and a product with the Hessian, Sophia a product at
    /// every tenth step of the 78, L-BFGS as many as its search asks for.</summary>
    [Fact]
    public void OperationsCountEveryGradient()
    {
        const string Rules = "[sgd: { learning_rate: 0.1 }, sam: { learning_rate: 0.1 }, adahessian: {}, sophia-h: {}, nesterov-lookahead: { learning_rate: 0.1 }, lbfgs: { learning_rate: 0.1 }]";
        File.WriteAllText(folder["flops.yaml"], $"workload: digits-mlp\nepochs: 2\nvalidation: 200\ntarget: 0.2\nseeds: [0, 1]\noptimizers: {Rules}\n");
        _ = Descent.Run("run", "flops.yaml", "--quiet", "--no-report").MustSucceed();
        var json = Descent.Run("compare", "flops", "--json").MustSucceed().Json();
        var costs = json.GetProperty("costs").EnumerateArray().ToDictionary(x => x.GetProperty("optimizer").GetString()!, x =>
            (Gradients: x.GetProperty("gradients_per_step").GetDouble(), Flops: x.GetProperty("flops_per_step").GetDouble()));
        var times = json.GetProperty("times").EnumerateArray().Where(x => x.GetProperty("reached").GetInt32() == 2).ToLookup(x => x.GetProperty("optimizer").GetString()!,
            x => (Clock: x.GetProperty("clock").GetString(), Median: x.GetProperty("median").GetDouble()));

        const double Gradient = 3 * 2 * ((64 * 64) + (64 * 10)) * 32;
        Assert.Equal([1, 2, 3, 1 + (2 * 8 / 78.0), 1], ((string[])["sgd", "sam", "adahessian", "sophia-h", "nesterov-lookahead"]).Select(rule => costs[rule].Gradients), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.InRange(costs["lbfgs"].Gradients, 5, 26);
        Assert.All(costs.Values, cost => Assert.Equal(cost.Gradients * Gradient, cost.Flops, 1e-6 * cost.Flops));
        Assert.All(["sgd", "sam", "adahessian"], rule => Assert.Equal(costs[rule].Flops * times[rule].First(x => x.Clock == "steps").Median, times[rule].First(x => x.Clock == "FLOPs").Median, 1));
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
