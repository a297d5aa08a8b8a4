using System.Globalization;
using Descent.Studies.Statistics.Distributions;
using Descent.Studies.Statistics.Survival;

namespace Descent.Tests.Studies.Statistics;

public class SurvivalTests
{
    /// <summary>Weeks of remission of the patients of Miller, "Survival Analysis" (1997), whom R's package survival has as <c>aml</c>.</summary>
    static readonly TargetTime[] maintained = [.. Times([9, 13, 18, 23, 31, 34, 48], [13, 28, 45, 161])],
        other = [.. Times([5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45], [16])];

    public static TheoryData<string, string, double, double, double> Rows =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Studies", "Statistics", "Golden", "survival.tsv")).Select(line => line.Split('\t'))
            .Select(row => (row[0], row[1], Number(row[2]), Number(row[3]), Number(row[4])))];

    /// <summary>R's <c>summary(survfit(Surv(time, status) ~ x, data = aml))</c>.</summary>
    [Fact]
    public void RemissionsAreThoseThatRPrints()
    {
        var curve = CumulativeIncidence.Of(maintained);

        Assert.Equal([9, 13, 18, 23, 31, 34, 48], curve.Times);
        Assert.Equal([11, 10, 8, 7, 5, 4, 2], curve.AtRisk);
        Assert.Equal([0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184], curve.Reached.Select(x => Math.Round(1 - x, 3)));
        Assert.Equal([0.0867, 0.1163, 0.1397, 0.1526, 0.1642, 0.1627, 0.1535], curve.Errors!.Select(x => Math.Round(x, 4)));
        Assert.Equal((31, 23), (curve.Median, CumulativeIncidence.Of(other).Median));
        Assert.Equal((52.6, 22.7), (Math.Round(RestrictedMean.Of(maintained, 161).Mean, 1), Math.Round(RestrictedMean.Of(other, 161).Mean, 1)));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void SharesAndMeansAreThoseOfWeightsForTheCensoring(string times, string kinds, double reachedBy4, double meanWithin8, double error)
    {
        TargetTime[] trials = [.. times.Split(';').Zip(kinds.Split(';'), (time, kind) => new TargetTime(Number(time), kind switch
        {
            "0" => TargetOutcome.Missed,
            "1" => TargetOutcome.Reached,
            _ => TargetOutcome.Diverged,
        }))];

        var mean = RestrictedMean.Of(trials, 8);

        Assert.Equal(reachedBy4, CumulativeIncidence.Of(trials).ReachedBy(4), 1e-12);
        Assert.Equal(meanWithin8, mean.Mean, 1e-12);
        Assert.Equal(error * StudentT.Quantile(0.975, trials.Length - 1), mean.Interval!.Value.Half, 1e-10);
    }

    /// <summary>Without censoring all is counting: of four, two arrive, one diverges, one misses at the end.</summary>
    [Fact]
    public void WithoutCensoringSharesAreCounts()
    {
        TargetTime[] trials = [new(1, TargetOutcome.Reached), new(2, TargetOutcome.Diverged), new(3, TargetOutcome.Reached), new(10, TargetOutcome.Missed)];
        var curve = CumulativeIncidence.Of(trials);

        Assert.Equal((0, 0.25, 0.5), (curve.ReachedBy(0.9), curve.ReachedBy(2.5), curve.ReachedBy(10)));
        Assert.Equal((0, 0.25), (curve.DivergedBy(1), curve.DivergedBy(10)));
        Assert.Equal(3, curve.Median);
        Assert.Null(curve.Errors);
        Assert.Equal((1 + 10 + 3 + 10) / 4.0, RestrictedMean.Of(trials, 10).Mean, 1e-12);
        Assert.Null(CumulativeIncidence.Of([new(5, TargetOutcome.Missed)]).Median);
        Assert.Null(RestrictedMean.Of([new(5, TargetOutcome.Missed)], 5).Interval);
    }

    /// <summary>Between the 2nd smallest and the 2nd largest of ten lies the median with 1 − 2·(1 + 10)/1024; of six, between all, with 1 − 2/64.</summary>
    [Fact]
    public void TheMediansIntervalIsBinomial()
    {
        TargetTime[] ten = [.. Enumerable.Range(1, 9).Select(i => new TargetTime(i, TargetOutcome.Reached)), new(9, TargetOutcome.Missed)];
        Assert.Equal(new(2, 9, 1 - (2 * 11 / 1024.0)), MedianTime.IntervalOf(ten)!.Value);
        TargetTime[] six = [.. ten.TakeLast(5), new(20, TargetOutcome.Diverged)];
        Assert.Equal(new(6, double.PositiveInfinity, 1 - (2 / 64.0)), MedianTime.IntervalOf([.. six])!.Value);
        Assert.Null(MedianTime.IntervalOf([.. ten.Take(5)]));
        Assert.Null(MedianTime.IntervalOf([.. ten, new(3, TargetOutcome.Missed)]));
    }

    static IEnumerable<TargetTime> Times(double[] reached, double[] missed) =>
        reached.Select(x => new TargetTime(x, TargetOutcome.Reached)).Concat(missed.Select(x => new TargetTime(x, TargetOutcome.Missed)));

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
