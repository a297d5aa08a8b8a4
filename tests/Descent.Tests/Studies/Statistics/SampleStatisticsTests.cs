using Descent.Studies.Statistics;

namespace Descent.Tests.Studies.Statistics;

public class SampleStatisticsTests
{
    /// <summary>Means and deviations are numpy 1.24's <c>mean()</c> and <c>std(ddof=1)</c>.</summary>
    [Theory]
    [InlineData(new[] { 0.9464, 0.9448, 0.9480 }, 0.9464, 0.0015999999999999903)]
    [InlineData(new[] { 0.1, 0.2, 0.35, 0.4, 0.45, 0.7 }, 0.3666666666666667, 0.20896570691543306)]
    [InlineData(new[] { 1e9 + 1, 1e9 + 2, 1e9 + 4 }, 1000000002.3333334, 1.5275252316519474)]
    public void DeviationDividesByOneLessThanTheCount(double[] values, double mean, double deviation)
    {
        var sample = SampleStatistics.Of(values);
        Assert.Equal(mean, sample.Mean, Math.Abs(mean) * 1e-15);
        Assert.Equal(deviation, sample.StandardDeviation!.Value, 1e-15 + (deviation * 1e-12));
        Assert.Equal((values.Length, values.Min(), values.Max()), (sample.Count, sample.Minimum, sample.Maximum));
    }

    [Fact]
    public void OneValueHasNoDeviation()
    {
        Assert.Equal(new(1, 0.975, null, 0.975, 0.975), SampleStatistics.Of([0.975]));
    }

    [Fact]
    public void NoValuesHaveNoMean()
    {
        var none = SampleStatistics.Of([]);
        Assert.Equal(0, none.Count);
        Assert.True(double.IsNaN(none.Mean));
        Assert.Null(none.StandardDeviation);
    }

    [Fact]
    public void ANonFiniteValueIsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => SampleStatistics.Of([1, double.NaN]));
        Assert.StartsWith("sample: every value must be finite, got NaN at 1.", error.Message);
    }
}
