using Descent.Studies.Statistics;

namespace Descent.Tests.Studies.Statistics;

public class SeedCurveTests
{
    static readonly double[] epochs = [0, 1, 2];

    /// <summary>Mean and deviation are numpy 1.24's <c>mean(0)</c> and <c>std(0, ddof=1)</c>.</summary>
    [Fact]
    public void FiveSeedsHaveABandOfOneDeviation()
    {
        double[][] seeds = [[1, 2, 4], [1.5, 2.5, 3], [0.5, 2, 5], [1, 2.25, 4.5], [2, 1, 4]];
        var curve = SeedCurve.Of([.. seeds.Select(y => (epochs, y))]);
        Assert.Equal((5, SeedBand.Deviation), (curve.Seeds, curve.Band));
        AssertNear([1.2, 1.95, 4.1], curve.Mean);
        AssertNear([0.6299122874504309, 1.379912287450431, 3.3583801512904334], curve.Lower);
        AssertNear([1.7700877125495689, 2.520087712549569, 4.841619848709566], curve.Upper);
    }

    [Fact]
    public void FewerSeedsHaveABandFromTheSmallestToTheLargest()
    {
        var curve = SeedCurve.Of([(epochs, [1, 2, 4]), (epochs, [3, 2, 1])]);
        Assert.Equal(SeedBand.Extremes, curve.Band);
        Assert.Equal([2, 2, 2.5], curve.Mean);
        Assert.Equal([1, 2, 1], curve.Lower);
        Assert.Equal([3, 2, 4], curve.Upper);
    }

    [Fact]
    public void OnlyWhatAllSeedsHaveIsAveraged()
    {
        var curve = SeedCurve.Of([([0, 1, 2, 4, 5], [1, 2, 3, 4, 5]), ([1, 3, 4, 6], [10, 20, 30, 40]), ([0, 1, 4], [1, 3, 5])]);
        Assert.Equal([1, 4], curve.X);
        Assert.Equal([5, 13], curve.Mean);
    }

    [Fact]
    public void ASeedThatIsNotFiniteMakesAGap()
    {
        var curve = SeedCurve.Of([(epochs, [1, double.NaN, 4]), (epochs, [3, 2, double.PositiveInfinity])]);
        Assert.Equal([2, double.NaN, double.NaN], curve.Mean);
        Assert.Equal([1, double.NaN, double.NaN], curve.Lower);
    }

    [Fact]
    public void NoSeedsAndSeedsWithoutPointsAreEmpty()
    {
        Assert.Empty(SeedCurve.Of([]).X);
        Assert.Empty(SeedCurve.Of([(epochs, [1, 2, 3]), ([], [])]).X);
    }

    static void AssertNear(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
}
