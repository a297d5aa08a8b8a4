using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Intervals;
using Descent.Studies.Statistics.Pairs;

namespace Descent.Tests.Studies.Statistics;

public class PairTests
{
    /// <summary>Student's own data (Biometrika 6, 1908), as R prints <c>t.test(extra ~ group, data = sleep, paired = TRUE)</c>: t = −4.0621, df = 9, p-value = 0.002833,
    /// −2.4598858 … −0.7001142.</summary>
    [Fact]
    public void StudentsSleepersDifferAsPublished()
    {
        var first = BySeed([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]);
        var second = BySeed([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);

        var difference = PairedDifference.Of(first, second);

        Assert.Equal(-1.58, difference.Sample.Mean, 1e-12);
        Assert.Equal(0.002833, difference.Probability, 5e-7);
        Assert.Equal(-2.4598858, difference.Interval!.Value.Lower, 5e-8);
        Assert.Equal(-0.7001142, difference.Interval.Value.Upper, 5e-8);
        // numpy: 1 − d.var(ddof=1)/(a.var(ddof=1) + b.var(ddof=1)).
        Assert.Equal(0.79015504, difference.VarianceRemoved!.Value, 5e-8);
    }

    [Fact]
    public void SeedsThatOneLacksAreLeftOut()
    {
        var difference = PairedDifference.Of(new Dictionary<ulong, double> { [3] = 1, [1] = 5, [7] = 2 }, new Dictionary<ulong, double> { [7] = 0, [1] = 4, [9] = 8 });
        Assert.Equal([1, 2], difference.Differences);
        Assert.Equal(1, PairedDifference.Of(new Dictionary<ulong, double> { [3] = 1 }, new Dictionary<ulong, double> { [3] = 0 }).Probability);
    }

    /// <summary>Three seeds that differ by the same image are three signs, and no proof.</summary>
    [Fact]
    public void EqualDifferencesCountBySign()
    {
        Assert.Equal(0.25, PairedDifference.Of(BySeed([0.5, 0.6, 0.7]), BySeed([0.25, 0.35, 0.45])).Probability, 1e-12);
        Assert.Equal(1, PairedDifference.Of(BySeed([0.5, 0.6]), BySeed([0.5, 0.6])).Probability);
    }

    /// <summary>R: <c>p.adjust(c(0.04, 0.01, 0.03, 0.005), "holm")</c>.</summary>
    [Fact]
    public void HolmsProbabilitiesAreThoseOfR() => Assert.Equal([0.06, 0.03, 0.06, 0.02], Holm.Adjust([0.04, 0.01, 0.03, 0.005]), (a, b) => Math.Abs(a - b) < 1e-15);

    [Fact]
    public void HolmStopsAtOneAndTakesNothing()
    {
        Assert.Equal([1, 1, 1], Holm.Adjust([0.5, 0.9, 0.4]));
        Assert.Empty(Holm.Adjust([]));
    }

    [Fact]
    public void ImprovementCountsTiesHalf()
    {
        Assert.Equal((2 + 0.5) / 4, ProbabilityOfImprovement.Of([1.0, 3], [0, 3]));
        Assert.True(double.IsNaN(ProbabilityOfImprovement.Of([], [1.0])));
    }

    [Fact]
    public void QuartersAreCutAsRliableDoes()
    {
        Assert.Equal(2, Location.InterquartileMean([3.0, 1, 2]));
        Assert.Equal((3.0 + 4 + 5 + 6) / 4, Location.InterquartileMean([100.0, 1, 4, 3, 6, 5, 2, 7]));
        Assert.Equal(2.5, Location.Median([9.0, 1, 2, 3]));
        Assert.Equal(1.75, Location.Quantile([1, 2, 3, 4], 0.25));
    }

    [Fact]
    public void NothingIsResampledBelowTwenty()
    {
        double[] few = [.. Enumerable.Range(0, 19).Select(i => (double)(i * i))], enough = [.. few, 361];
        _ = Assert.Throws<ArgumentException>(() => Bootstrap.Mean(few));
        _ = Assert.Throws<ArgumentException>(() => Bootstrap.Stratified([few], groups => groups[0][0]));
        Assert.Equal(MeanInterval.Student(few), MeanInterval.Of(few));
        Assert.NotEqual(MeanInterval.Student(enough), MeanInterval.Of(enough));
        Assert.Equal(MeanInterval.Of(enough), MeanInterval.Of(enough));
        Assert.Null(MeanInterval.Of([1]));
    }

    static Dictionary<ulong, double> BySeed(double[] values) => values.Index().ToDictionary(x => (ulong)x.Index, x => x.Item);
}
