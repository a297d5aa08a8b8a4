using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

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
        Assert.Matches(@"\nWeights before the first step\nStandard deviation of the values of each weight, means over the seeds\.\n Weight +good +sgd learning_rate=0.1 +sgd learning_rate=1e-06\n ─+\n"
            + @" fc1.weight +0\.07\d+ +0\.07\d+ +0\.07\d+\n fc2.weight +0\.07\d+ +0\.07\d+ +0\.07\d+\n", output);
        // A rate of 1e-6 leaves them where they were; adam at 0.01 has learned, and its last gradients are small.
        Assert.Matches(@"\nGradient norms\n(.*\n)+ Setting +First step +All steps +Last step\n ─+\n good +0\.\d+ +0\.\d+ +0\.\d+\n sgd learning_rate=0.1 .*\n sgd learning_rate=1e-06 .*\n", output);
        Assert.Matches(@"\nWhich settings match good\nTraining accuracy after the last step in percent; that of good is 9\d\.\d\d ± \d\.\d\d\.\s0\sof\s2\slie\swithin\s4\spoints\sof\sit\.\n", output);
        Assert.Matches(@"\n sgd learning_rate=0.1 .* -1\d\.\d\d +\d\.\d\d +nearest\n sgd learning_rate=1e-06 .* -8\d\.\d\d +\d+\.\d\d\n", output);
        Assert.EndsWith(output[output.IndexOf("Weights before", StringComparison.Ordinal)..], Descent.Run("show", "own").MustSucceed().Output);
    }

    [Fact]
    public void TheReportHasThemToo()
    {
        _ = Descent.Run("run", "own.yaml", "--report", "own.html", "--quiet").MustSucceed();
        var page = XElement.Parse(File.ReadAllText(folder["own.html"])["<!doctype html>".Length..]);
        var sections = page.Descendants().Where(x => x.Name.LocalName == "section").ToDictionary(x => x.Descendants().First(y => y.Name.LocalName == "h2").Value);
        string[][] weights = Cells(sections["Weights before the first step"]);
        Assert.Equal(["fc1.weight", "fc2.weight"], weights.Select(row => row[0]));
        Assert.All(weights, row => Assert.All(row[1..], cell => Assert.StartsWith("0.07", cell, StringComparison.Ordinal)));
        Assert.Equal(["good", "sgd learning_rate=0.1", "sgd learning_rate=1e-06"], Cells(sections["Gradient norms"]).Select(row => row[0]));
        Assert.Equal(["nearest", ""], Cells(sections["Which settings match good"]).Select(row => row[^1]));
    }

    /// <summary>The squares of four parameters' norms add up to the whole's: their mean is a quarter of it where one has all, and half where they are alike.</summary>
    [Fact]
    public void TablesOfPointsHaveTheMeanNorms()
    {
        _ = Descent.Run("run", "own.yaml", "--no-report", "--quiet").MustSucceed();
        string[][] rows = [.. Descent.Run("export", "own", "--format", "csv").MustSucceed().Lines.Select(line => line.Split(','))];
        int mean = Array.IndexOf(rows[0], "mean_gradient_norm"), whole = Array.IndexOf(rows[0], "gradient_norm");
        var steps = rows.Skip(1).Where(row => row[whole].Length > 0).Select(row => double.Parse(row[mean], CultureInfo.InvariantCulture) / double.Parse(row[whole], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(6 * 90, steps.Count);
        Assert.All(steps, ratio => Assert.InRange(ratio, 0.25, 0.5));
        Assert.All(rows.Skip(1).Where(row => row[whole].Length == 0), row => Assert.Equal("", row[mean]));
    }

    static string[][] Cells(XElement section) => [.. section.Descendants().Where(x => x.Name.LocalName == "tr").Skip(1).Select(row => row.Elements().Select(cell => cell.Value).ToArray())];

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
