using System.Xml.Linq;

namespace Descent.Tests.App;

public class StabilityCommandTests
{
    [Fact]
    public void LimitsStandBesideTheirClosedForms()
    {
        string output = new DescentCommand(".").Run("stability", "sgd").MustSucceed().Output;

        Assert.StartsWith("sgd on a quadratic of curvature h: stable for learning rate × h up to\n", output);
        Assert.Matches(@"\n +0\.9 +3\.8 +3\.8\n", output);
        Assert.Matches(@"\n +0 +2 +2\n", output);
    }

    [Fact]
    public void ARunIsSetBesideTheLimit()
    {
        string[] command = ["stability", "sgd", "--set", "learning_rate=0.1", "--set", "momentum=0.9", "--sharpness", "35.34"];
        Assert.Contains("the run is at 0.93 of the limit, which is 3.8", new DescentCommand(".") { Width = 300 }.Run(command).MustSucceed().Output);

        var json = new DescentCommand(".").Run([.. command, "--json"]).MustSucceed().Json();
        Assert.Equal(0.93, json.GetProperty("of_the_limit").GetDouble(), 1e-6);
        Assert.Equal(3.8, json.GetProperty("limit").GetDouble(), 1e-6);
        Assert.Equal(json.GetProperty("momenta").GetArrayLength(), json.GetProperty("spectral_radii").GetArrayLength());
    }

    [Fact]
    public void ThePictureShowsTheRegion()
    {
        using var folder = new TemporaryFolder();
        _ = new DescentCommand(folder["."]).Run("stability", "adam", "--sharpness", "20000", "-o", "region.svg").MustSucceed();

        string text = XElement.Load(folder["region.svg"]).Value;
        Assert.Contains("Where adam is stable on a quadratic", text);
        Assert.Contains("limit, closed form", text);
        Assert.Contains("the run", text);
    }

    /// <summary>What the gauge of a trial has read, on the region of its rule.</summary>
    [Fact]
    public void TheReadingsOfATrialAreSetBesideTheLimit()
    {
        using var folder = new TemporaryFolder();
        var descent = new DescentCommand(folder.Path) { Width = 300 };
        File.WriteAllText(folder["edge.yaml"], "workload: digits-mlp\nbatch_size: 100%\nsteps: 40\nseeds: [0]\nevaluate: { every: 1000000 }\ngauges: { sharpness: { every: 20, data: train:0-199 } }\n"
            + "optimizers:\n  - sgd: { learning_rate: 0.5, momentum: 0.5 }\n");
        _ = descent.Run("run", "edge.yaml", "--no-report", "--quiet");
        var trial = descent.Run("show", "edge", "--trials", "--json").MustSucceed().Json().GetProperty("trial_results")[0].GetProperty("id").GetString()!;
        var json = descent.Run("stability", "sgd", "--sharpness-of", $"edge/{trial[..6]}", "--json").MustSucceed().Json();

        Assert.Equal([0, 20, 40], json.GetProperty("steps").EnumerateArray().Select(x => x.GetInt64()));
        Assert.Equal((0.5, 3.0), (json.GetProperty("own_momentum").GetDouble(), Math.Round(json.GetProperty("limit").GetDouble(), 6)));
        double last = json.GetProperty("shares")[2].GetDouble();
        Assert.Equal(last, json.GetProperty("of_the_limit").GetDouble(), 1e-12);
        string output = descent.Run("stability", "sgd", "--sharpness-of", $"edge/{trial[..6]}", "-o", "region.svg").MustSucceed().Output;
        Assert.Contains(FormattableString.Invariant($"After step 40 the trial is at {last:F2} of the limit; it began at "), output, StringComparison.Ordinal);
        Assert.Contains("the last reading", XElement.Load(folder["region.svg"]).Value, StringComparison.Ordinal);

        descent.Run("stability", "adam", "--sharpness-of", $"edge/{trial[..6]}").MustRefuse($"--sharpness-of edge/{trial[..6]}: the trial is of sgd, not of adam.");
        descent.Run("stability", "sgd", "--set", "momentum=0", "--sharpness-of", "edge/a").MustRefuse("--sharpness-of: the values are those of the trial; leave --set away.");
        descent.Run("stability", "sgd", "--sharpness-of", "edge").MustRefuse("\"edge\": a trial is study/trial, with the first digits of its id. See: descent show STUDY --trials");
        _ = descent.Run("run", "edge.yaml", "--no-report", "--quiet", "--set", "gauges.sharpness.every=7", "--set", "name=other", "--set", "gauges={ gradients: 10 }");
        string bare = descent.Run("show", "other", "--trials", "--json").MustSucceed().Json().GetProperty("trial_results")[0].GetProperty("id").GetString()!;
        descent.Run("stability", "sgd", "--sharpness-of", $"other/{bare[..6]}").MustRefuse(
            $"--sharpness-of other/{bare[..6]}: the trial has recorded no sharpness. A study asks for it before it runs: gauges: {{ sharpness: {{ every: 100 }} }}.");
    }

    [Fact]
    public void ARuleWithoutARegionIsRefused() => new DescentCommand(".").Run("stability", "lion").MustRefuse(
        "lion is not linear on a quadratic: how far it goes does not grow with the distance, so it has no region of stability.");
}
