using System.Xml.Linq;

namespace Descent.Tests.App;

public class NewtonSchulzCommandTests
{
    [Fact]
    public void JsonHasTheSumAndEverySingularValue()
    {
        var result = new DescentCommand(".").Run("newton-schulz", "--coefficients", "jordan,taylor", "--scaling", "spectral", "--steps", "3", "--json").MustSucceed();

        Assert.Contains("\"coefficient_sum\":0.701,", result.Output);
        var json = result.Json();
        Assert.Equal(("notebook", "spectral", "float64", "jordan"), (json.GetProperty("matrix").GetString(), json.GetProperty("scaling").GetString(),
            json.GetProperty("precision").GetString(), json.GetProperty("coefficients").GetString()));
        var taylor = json.GetProperty("sets")[1];
        Assert.Equal(1, taylor.GetProperty("coefficient_sum").GetDouble());
        Assert.Equal([1.875, -1.25, 0.375], taylor.GetProperty("polynomials")[0].EnumerateArray().Select(x => x.GetDouble()));
        Assert.Equal(4, taylor.GetProperty("singular_values").GetArrayLength());
        Assert.Equal(50, taylor.GetProperty("singular_values")[3].GetArrayLength());
        Assert.True(taylor.GetProperty("fixed_points")[0].GetProperty("attracts").GetBoolean());
    }

    [Fact]
    public void TheTableSaysWhatTheSumMeans()
    {
        string output = new DescentCommand(".") { Width = 200 }.Run("newton-schulz").MustSucceed().Output;

        Assert.Matches(@"\n jordan +3\.445, -4\.775, 2\.031 +0\.7010 +0\.868: -1\.582; 1\.264: 6\.473 +0\.682 to 1\.134\n", output);
        Assert.Contains("jordan: a + b + c = 0.7010, so a singular value of 1 becomes 0.7010: no number of steps gives an orthogonal matrix.", output);
        Assert.Contains("taylor: a + b + c = 1.0000, so 1 stays 1, and with p′(1) = a + 3b + 5c = 0 values near 1 come nearer at each step.", output);
        Assert.Contains("polar-express: a + b + c = 1.0000, so 1 stays 1", output);
    }

    [Fact]
    public void ThePictureHasTwoPanelsASetADotOnItsWayAndSingularValuesThatMove()
    {
        using var folder = new TemporaryFolder();
        _ = new DescentCommand(folder["."]).Run("newton-schulz", "--coefficients", "jordan,quintic", "--matrix", "even", "--size", "8x20", "-o", "ns.svg").MustSucceed();

        var svg = XElement.Load(folder["ns.svg"]);
        var moved = svg.Descendants().Where(x => x.Name.LocalName == "animate").ToList();
        Assert.Equal([("cx", 2), ("cy", 2), ("d", 2), ("visibility", 12)], moved.CountBy(x => (string)x.Attribute("attributeName")!).Select(x => (x.Key, x.Value)).Order());
        // The line and the dot are at the same step at the same time: the dot's way has two points a step.
        var times = moved.ToLookup(x => (string)x.Attribute("attributeName")!, x => ((string)x.Attribute("keyTimes")!).Split(';'));
        Assert.Equal(times["d"].First()[..6], times["cx"].First().Where((_, i) => i % 2 == 0).Take(6));
        Assert.Contains("p(σ) of quintic, p(1) = 0.9853", svg.Value);
    }

    [Theory]
    [InlineData("newton-schulz --size 5", "--size must be rows and columns, as in 64x256, got \"5\".")]
    [InlineData("newton-schulz --coefficients tailor", "tailor is not a set of coefficients. Did you mean \"taylor\"? Known: jordan, taylor, quintic, polar-express.")]
    [InlineData("newton-schulz --matrix even --condition 0", "--condition must be a number above 0, got \"0\".")]
    [InlineData("newton-schulz --precision float16", "--precision has no choice \"float16\". Did you mean \"bfloat16\"? Known: float64, float32, bfloat16.")]
    public void AMistakeIsOneSentence(string command, string sentence) =>
        new DescentCommand(".").Run(command.Split(' ')).MustRefuse(sentence);
}
