using Descent.Studies.Statistics;
using Descent.Tests.Studies.Pictures;

namespace Descent.Tests.Studies.Statistics;

public class SettingColumnTests
{
    static readonly StudySummary summary = StudySummary.From(GridStudy.Trials());
    static readonly IReadOnlyList<SettingColumn> columns = SettingColumn.Of(GridStudy.Trials(), HeldOut.Validation);

    static IReadOnlyList<SettingSummary> Sorted(string column) => SettingColumn.Find(columns, column, "--sort").Sort(summary.Settings);

    [Fact]
    public void TheBestComesFirstAndWhatHasNoValueLast()
    {
        Assert.Equal("adam learning_rate=0.1 batch_size=32", Sorted("final")[0].Label);
        Assert.Equal("adam learning_rate=1 batch_size=64", Sorted("validation")[^1].Label);
        Assert.Equal("64", Sorted("seconds")[0].Settings[1].Value);
        Assert.Equal(["0.01", "0.1", "1"], Sorted("learning_rate").Select(setting => setting.Settings[0].Value).Distinct());
        Assert.Equal("adam learning_rate=1 batch_size=64", Sorted("diverged")[^1].Label);
    }

    [Theory]
    [InlineData("final", "70.00\u00A0±\u00A01.00")]
    [InlineData("validation", "80.00\u00A0±\u00A01.00")]
    [InlineData("total", "600.00")]
    [InlineData("learning_rate", "0.1")]
    [InlineData("seed", "0 1 2")]
    [InlineData("seeds", "3")]
    public void CellsAreOfTheSettingsTrials(string column, string text) =>
        Assert.Equal(text.Replace("70.00", "71.00").Replace("80.00", "81.00"), SettingColumn.Find(columns, column, "--columns").Text(Sorted("final")[0]));

    [Fact]
    public void AnUnknownColumnIsSaid() => Assert.StartsWith("--sort: there is no column \"finl\". Did you mean \"final\"?",
        Assert.Throws<BadInputException>(() => Sorted("finl")).Message);
}
