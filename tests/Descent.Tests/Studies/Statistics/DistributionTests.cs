using System.Globalization;
using Descent.Studies.Statistics.Distributions;
using Descent.Studies.Statistics.Pairs;

namespace Descent.Tests.Studies.Statistics;

/// <summary>Against mpmath in 50 digits (Golden/generate.py), by quadrature of the densities.</summary>
public class DistributionTests
{
    public static TheoryData<string, double, double, double> Rows =>
        [.. Read("distributions.tsv").Select(row => (row[0], Number(row[1]), Number(row[2]), Number(row[3])))];

    public static TheoryData<double, int, double, double> Powers =>
        [.. Read("power.tsv").Select(row => (Number(row[0]), (int)Number(row[1]), Number(row[2]), Number(row[3])))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void SharesAndQuantilesAreThoseOfTheDensities(string function, double x, double freedom, double expected)
    {
        double value = function switch
        {
            "t_below" => StudentT.Below(x, freedom),
            "t_quantile" => StudentT.Quantile(x, freedom),
            "normal_below" => StandardNormal.Below(x),
            _ => StandardNormal.Quantile(x),
        };
        Assert.Equal(expected, value, 1e-12 * Math.Max(Math.Abs(expected), 1e-20));
    }

    [Theory]
    [MemberData(nameof(Powers))]
    public void PowerIsThatOfTheNoncentralDistribution(double difference, int seeds, double level, double expected) =>
        Assert.Equal(expected, SeedPower.Of(difference, seeds, level), 1e-7);

    /// <summary>The sample sizes that G*Power prints for the paired t test, two-sided, at level 0.05 and power 0.8.</summary>
    [Theory]
    [InlineData(0.2, 199)]
    [InlineData(0.5, 34)]
    [InlineData(0.8, 15)]
    public void TheSeedsNeededAreThePublishedOnes(double size, int seeds)
    {
        Assert.Equal(seeds, SeedPower.Needed(-size * 3, 3, 0.05));
        Assert.InRange(SeedPower.Detectable(3, seeds, 0.05), 3 * size * 0.97, 3 * size);
        Assert.Null(SeedPower.Needed(1e-5, 1, 0.05));
        Assert.Equal(double.PositiveInfinity, SeedPower.Detectable(1, 1, 0.05));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void AShareOutsideOfZeroToOneIsRefused(double share)
    {
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(share, 3));
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => StandardNormal.Quantile(share));
    }

    static IEnumerable<string[]> Read(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Studies", "Statistics", "Golden", file)).Select(line => line.Split('\t'));

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
