using Descent.Studies.Statistics;

namespace Descent.Tests.Studies.Statistics;

public class StepBinsTests
{
    /// <summary>Numpy 1.24's <c>reshape(4, 5)</c> of 10·sin(0.7·step) with <c>mean</c>, <c>min</c> and <c>max</c> along the rows.</summary>
    [Fact]
    public void ABinHoldsMeanAndExtremes()
    {
        long[] steps = [.. Enumerable.Range(1, 20).Select(i => (long)i)];
        var bins = StepBins.Of(steps, [.. steps.Select(step => 10 * Math.Sin(0.7 * step))], 5);
        Assert.Equal([3, 8, 13, 18], bins.Step);
        AssertNear([4.95416341268262, -3.622989047414207, 1.8313812301820747, 0.19297064744851156], bins.Mean);
        AssertNear([-3.507832276896199, -9.824526126243327, -8.796957599716698, -9.791777291513174], bins.Minimum);
        AssertNear([9.854497299884601, 6.569865987187891, 9.881682338770002, 9.906073556948702], bins.Maximum);
    }

    [Fact]
    public void BinsAreAlignedAndMayBeMissing()
    {
        var bins = StepBins.Of([4, 5, 6, 31], [1, 2, 3, 4], 5);
        Assert.Equal([3, 8, 33], bins.Step);
        Assert.Equal([1.5, 3, 4], bins.Mean);
    }

    [Fact]
    public void WhatIsNotFiniteLeavesTheExtremes()
    {
        var bins = StepBins.Of([1, 2, 3, 4], [1, double.PositiveInfinity, double.NaN, double.NaN], 2);
        Assert.Equal([double.NaN, double.NaN], bins.Mean);
        Assert.Equal([1, double.NaN], bins.Minimum);
        Assert.Equal([1, double.NaN], bins.Maximum);
    }

    [Theory]
    [InlineData(0, 100, 1)]
    [InlineData(100, 100, 1)]
    [InlineData(101, 100, 2)]
    [InlineData(900, 100, 10)]
    [InlineData(10_000_000, 100, 100_000)]
    [InlineData(10_000_001, 100, 200_000)]
    public void WidthsAreOneTwoOrFive(long lastStep, int mostBins, long width) =>
        Assert.Equal(width, StepBins.WidthFor(lastStep, mostBins));

    static void AssertNear(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
}
