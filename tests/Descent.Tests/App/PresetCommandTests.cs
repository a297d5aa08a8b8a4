using System.Text.Json;

namespace Descent.Tests.App;

public sealed class PresetCommandTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheListSaysWhetherDataAreHereAndHowLongItTakes()
    {
        string table = new DescentCommand(folder.Path) { Width = 300 }.Run("list", "presets").MustSucceed().Output;

        Assert.Matches(@"\n quickstart +digits-mlp +18 +3 +20 epochs +here +(seconds|\d+ s) +(seconds|\d+ s) +How do six", table);
        Assert.Matches(@"\n batch-size-effect +cifar10-cnn-bn +5 +1 +30 epochs +missing +\d", table);
        Assert.Contains("Missing data: descent data get mnist, descent data get cifar10\n", table.Replace("get cifar10, descent data get mnist",
            "get mnist, descent data get cifar10", StringComparison.Ordinal));
        Assert.Contains("ResNet-18 trained on ImageNet is not in the data folder", table);
    }

    /// <summary>Timed once: the second time the file has them.</summary>
    [Fact]
    public void PacesAreKeptBesideTheData()
    {
        _ = Directory.CreateDirectory(folder["data"]);
        var command = new DescentCommand(folder.Path);
        double first = Seconds();
        string kept = File.Exists(folder["data/paces.json"]) ? File.ReadAllText(folder["data/paces.json"]) : "";
        Assert.Equal(first, Seconds());
        Assert.NotEmpty(JsonDocument.Parse(kept).RootElement.EnumerateObject());
        File.WriteAllText(folder["data/paces.json"], "not JSON");
        Assert.Equal(first, Seconds());

        double Seconds() => command.Run("describe", "quickstart", "--json").MustSucceed().Json().GetProperty("estimated_seconds").GetDouble();
    }
}
