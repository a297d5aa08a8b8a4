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

    [Fact]
    public void ARuleWithoutARegionIsRefused() => new DescentCommand(".").Run("stability", "lion").MustRefuse(
        "lion is not linear on a quadratic: how far it goes does not grow with the distance, so it has no region of stability.");
}
