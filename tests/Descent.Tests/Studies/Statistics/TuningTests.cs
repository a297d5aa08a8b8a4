using Descent.Studies.Statistics.Profiles;
using Descent.Studies.Statistics.Tuning;

namespace Descent.Tests.Studies.Statistics;

public class TuningTests
{
    static readonly double[] scores = [0.9, 0.3, double.NaN, 0.7, 0.7, 0.95, double.NaN];

    /// <summary>Against all subsets of k trials, one by one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(7)]
    public void TheBestOfKIsThatOfAllSubsets(int k)
    {
        double[] best = [.. Enumerable.Range(0, 1 << scores.Length).Where(set => int.PopCount(set) == k)
            .Select(set => scores.Where((score, i) => (set >> i & 1) == 1 && !double.IsNaN(score)).DefaultIfEmpty(double.NegativeInfinity).Max()).Order()];
        var point = BestAfterTrials.Curve(scores)[k - 1];

        Assert.Equal(best.Where(double.IsFinite).Average(), point.Expected, 1e-12);
        Assert.Equal(best.Count(double.IsNegativeInfinity) / (double)best.Length, point.WithoutResult, 1e-12);
        Assert.Equal(best.First(x => best.Count(y => y <= x) >= 0.9 * best.Length), point.Upper);
        double low = best.Last(x => best.Count(y => y >= x) >= 0.9 * best.Length);
        Assert.Equal(double.IsFinite(low) ? low : double.NaN, point.Lower);
    }

    [Fact]
    public void ManyTrialsStayWithinThem()
    {
        double[] many = [.. Enumerable.Range(0, 2000).Select(i => (i * 617 % 2000) / 2000.0)];
        var curve = BestAfterTrials.Curve(many);
        Assert.Equal(many.Average(), curve[0].Expected, 1e-12);
        Assert.Equal(many.Max(), curve[^1].Expected, 1e-12);
        // The best of k of the numbers 0 … n − 1 is k·(n + 1)/(k + 1) − 1 on average.
        Assert.Equal(((100.0 * 2001 / 101) - 1) / 2000, curve[99].Expected, 1e-12);
    }

    [Fact]
    public void AllDivergedHasNoBest()
    {
        var curve = BestAfterTrials.Curve([double.NaN, double.NaN]);
        Assert.All(curve, point => Assert.True(double.IsNaN(point.Expected) && point.WithoutResult == 1));
    }

    /// <summary>A parabola over the logarithm: within 0.01 of its top from 10^(−2.1) to 10^(−1.9), if the grid is fine.</summary>
    [Fact]
    public void TheWidthOfAParabolaIsItsOwn()
    {
        var width = LearningRateWidth.Of(Enumerable.Range(-400, 401).Select(i => (Math.Pow(10, i / 100.0), 1 - Math.Pow((i / 100.0) + 2, 2))), 0.01)!;
        Assert.Equal(0.2, width.Decades, 1e-3);
        Assert.Equal((false, false), (width.IsOpenBelow, width.IsOpenAbove));
    }

    [Fact]
    public void TheWidthEndsAtWhatDivergedAndIsOpenAtTheEdge()
    {
        var width = LearningRateWidth.Of([(0.1, 0.9), (0.01, 0.895), (1, double.NaN), (0.001, 0.893), (0.1, 0.5)], 0.01)!;
        Assert.Equal((0.001, 0.1, true, false), (width.Lower, width.Upper, width.IsOpenBelow, width.IsOpenAbove));
        Assert.Equal(2, width.Decades, 1e-12);
        Assert.Null(LearningRateWidth.Of([(0.1, 0.9)], 0.01));
        Assert.Null(LearningRateWidth.Of([(0.1, double.NaN), (1, double.NaN)], 0.01));
        // Halfway between 0.01 at 0.9 and 0.1 at 0.88 in the logarithm.
        Assert.Equal(Math.Pow(10, -1.5), LearningRateWidth.Of([(0.01, 0.9), (0.1, 0.88)], 0.01)!.Upper, 1e-12);
    }

    [Fact]
    public void ScoresAreTheIntegralOfTheProfile()
    {
        double[][] times = [[10, 15, double.PositiveInfinity], [8, 4, 30], [5, 5, 5.5], [double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity]];
        var profiles = PerformanceProfile.Of(["a", "b", "c"], times);
        foreach (var profile in profiles)
        {
            const int Pieces = 300_000;
            double integral = Enumerable.Range(0, Pieces).Sum(i => profile.At(1 + (3 * (i + 0.5) / Pieces))) / Pieces;
            Assert.Equal(integral, profile.Score, 1e-5);
        }

        Assert.Equal((1 + (2 / 3.0) + 1 + 0) / 4, profiles[0].Score, 1e-12);
        Assert.Equal(0.5, profiles[1].At(1));
    }
}
