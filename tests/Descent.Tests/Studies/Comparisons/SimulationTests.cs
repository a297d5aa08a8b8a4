using Descent.Studies.Comparisons;
using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Intervals;
using Descent.Studies.Statistics.Pairs;
using Descent.Studies.Statistics.Survival;
using Descent.Tensors;

namespace Descent.Tests.Studies.Comparisons;

/// <summary>What is claimed against a truth that is known: 2,000 simulated studies each, of fixed seeds.</summary>
public class SimulationTests(ITestOutputHelper output)
{
    const int Studies = 2000;

    /// <summary>95 % ± 2: the standard error of 2,000 simulations is 0.5.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(30)]
    public void IntervalsOfNormalValuesCoverWhatTheyClaim(int seeds) =>
        Assert.InRange(Coverage(seeds, stream => stream.NextNormal, 0), 0.93, 0.97);

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(30)]
    public void IntervalsOfPairedDifferencesCoverWhatTheyClaim(int seeds)
    {
        int covered = Count(seeds, 1, stream =>
        {
            var (first, second) = (new Dictionary<ulong, double>(), new Dictionary<ulong, double>());
            for (ulong seed = 0; seed < (ulong)seeds; seed++)
            {
                double common = stream.NextNormal();
                (first[seed], second[seed]) = (0.9 + (0.02 * common) + (0.01 * stream.NextNormal()), 0.89 + (0.02 * common) + (0.005 * stream.NextNormal()));
            }

            return PairedDifference.Of(first, second).Interval!.Value.Holds(0.01);
        });
        Assert.InRange((double)covered / Studies, 0.93, 0.97);
    }

    /// <summary>Values whose logarithm is normal with deviation 1 (skewness 6): what the documentation states.</summary>
    [Theory]
    [InlineData(3, 0.84)]
    [InlineData(5, 0.82)]
    [InlineData(10, 0.84)]
    [InlineData(30, 0.90)]
    public void OnSkewedValuesTheyCoverWhatIsStated(int seeds, double stated) =>
        Assert.InRange(Coverage(seeds, stream => () => Math.Exp(stream.NextNormal()), Math.Exp(0.5)), stated - 0.02, stated + 0.02);

    /// <summary>Student's t with two degrees of freedom, whose variance is infinite.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(30)]
    public void OnHeavyTailsTheyCoverAtLeastWhatTheyClaim(int seeds) => Assert.InRange(Coverage(seeds, Heavy, 0), 0.94, 1);

    /// <summary>Six optimizers without any difference: a claim of one is made in at most 5 % of studies, two standard errors allowed.</summary>
    [Theory]
    [InlineData(3, false)]
    [InlineData(5, false)]
    [InlineData(10, false)]
    [InlineData(5, true)]
    public void WithoutADifferenceNoneIsClaimed(int seeds, bool isHeavy)
    {
        int claims = Count(seeds, 2, stream => Compare(stream, seeds, [0, 0, 0, 0, 0, 0], isHeavy) is var comparison
            && (comparison.Verdict.Kind == VerdictKind.Winner || comparison.Pairs.Any(pair => pair.IsShown)));
        output.WriteLine($"{seeds} seeds{(isHeavy ? ", heavy tails" : "")}: {(double)claims / Studies:F4}");
        Assert.InRange((double)claims / Studies, 0, 0.06);
    }

    /// <summary>Accuracies are counts of images: six equal optimizers with 360 test images, of which a seed takes some more or less. Their ties and equal differences claim nothing.</summary>
    [Theory]
    [InlineData(3, 1)]
    [InlineData(5, 2)]
    [InlineData(10, 0.3)]
    [InlineData(10, 1)]
    [InlineData(19, 0.5)]
    public void CountsOfImagesClaimNoMore(int seeds, double deviation)
    {
        int claims = Count(seeds, 7, stream => Compare(seeds, 6, (_, _) => Math.Round(351 + (deviation * stream.NextNormal())) / 360).Pairs.Any(pair => pair.IsShown));
        output.WriteLine($"{seeds} seeds, {deviation} images: {(double)claims / Studies:F4}");
        Assert.InRange((double)claims / Studies, 0, 0.06);
    }

    /// <summary>One of six has values whose logarithm is normal, around the mean of the others: Student's test claims more than 5 %, which the documentation states.</summary>
    [Theory]
    [InlineData(3, 0.053)]
    [InlineData(5, 0.063)]
    [InlineData(10, 0.077)]
    public void OneSkewedAmongEqualsIsClaimedAsStated(int seeds, double stated)
    {
        int claims = Count(seeds, 8, stream => Compare(seeds, 6, (place, _) =>
            0.8 + (0.01 * (place == 0 ? Math.Exp(stream.NextNormal()) - Math.Exp(0.5) : stream.NextNormal()))).Pairs.Any(pair => pair.IsShown));
        output.WriteLine($"{seeds} seeds: {(double)claims / Studies:F4}");
        Assert.InRange((double)claims / Studies, stated - 0.015, stated + 0.015);
    }

    /// <summary>The chance of a finding, and the seeds that are said to find in four of five studies, are those of studies.</summary>
    [Theory]
    [InlineData(0.8, 10, 0.05)]
    [InlineData(1, 5, 0.05)]
    [InlineData(2, 5, 0.05 / 15)]
    public void FindingsAreAsFrequentAsPredicted(double size, int seeds, double level)
    {
        int needed = SeedPower.Needed(size, 1, level)!.Value;
        Assert.Equal(SeedPower.Of(size, seeds, level), Found(seeds, size), 0.03);
        Assert.InRange(Found(needed, size), 0.77, 0.97);
        Assert.InRange(Found(needed - 1, size), 0, 0.83);
        Assert.Equal(0.8, Found(seeds, SeedPower.Detectable(1, seeds, level)), 0.03);

        double Found(int count, double mean) => (double)Count(count, 9, stream => PairedDifference.Of(
            Enumerable.Range(0, count).ToDictionary(seed => (ulong)seed, _ => mean + stream.NextNormal()), Enumerable.Range(0, count).ToDictionary(seed => (ulong)seed, _ => 0.0)).Probability <= level) / Studies;
    }

    /// <summary>The best is one standard deviation better than each of five equals. A wrong winner is never more frequent than stated; the right one is found
    /// the more often the more seeds there are.</summary>
    [Theory]
    [InlineData(5, 0.0, 0.1)]
    [InlineData(10, 0.0, 0.3)]
    [InlineData(19, 0.1, 0.6)]
    public void ADifferenceOfOneDeviationIsFoundWithSeeds(int seeds, double least, double most)
    {
        int right = 0;
        int wrong = Count(seeds, 3, stream =>
        {
            var comparison = Compare(stream, seeds, [0.01, 0, 0, 0, 0, 0], isHeavy: false);
            right += comparison.Verdict is { Kind: VerdictKind.Winner, Leader.Label: "o0" } ? 1 : 0;
            return comparison.Pairs.Any(pair => pair.IsShown && (pair.First.Label != "o0" || pair.Difference.Sample.Mean < 0));
        });
        output.WriteLine($"{seeds} seeds: right {(double)right / Studies:F3}, wrong {(double)wrong / Studies:F3}");
        Assert.InRange((double)wrong / Studies, 0, 0.06);
        Assert.InRange((double)right / Studies, least, most);
    }

    /// <summary>Two optimizers that differ by exactly δ: a tie is claimed in at most 5 % of studies.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    public void ADifferenceThatMattersIsNoTie(int seeds)
    {
        int ties = Count(seeds, 4, stream => Compare(stream, seeds, [ComparisonRequest.UsualDelta, 0], isHeavy: false).Verdict.Kind == VerdictKind.Tie);
        Assert.InRange((double)ties / Studies, 0, 0.05);
    }

    /// <summary>Exponential times of mean 1, a third of them censored before they come: the mean within 1.5 is 1 − exp(−1.5). With ten trainings the jackknife covers a
    /// little less than it claims, which the documentation states.</summary>
    [Theory]
    [InlineData(10, 0.90, 0.97)]
    [InlineData(30, 0.93, 0.97)]
    public void RestrictedMeansOfCensoredTimesCover(int seeds, double least, double most)
    {
        int covered = Count(seeds, 5, stream => RestrictedMean.Of(Times(stream, seeds, rate: 0.5), 1.5).Interval!.Value.Holds(1 - Math.Exp(-1.5)));
        Assert.InRange((double)covered / Studies, least, most);
    }

    /// <summary>The budget ends at 1.2, after which three in ten have not arrived; the median is ln 2. The binomial interval is exact, and by its steps wider than
    /// asked.</summary>
    [Theory]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(30)]
    public void MediansOfCensoredTimesCoverAtLeastWhatTheyClaim(int seeds)
    {
        int covered = Count(seeds, 6, stream => MedianTime.IntervalOf([.. Times(stream, seeds, rate: 0).Select(x =>
            x.Time > 1.2 ? new TargetTime(1.2, TargetOutcome.Missed) : x)])!.Value.Holds(Math.Log(2)));
        Assert.InRange((double)covered / Studies, 0.945, 1);
    }

    static TargetTime[] Times(Stream stream, int count, double rate) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        double arrival = -Math.Log(1 - stream.Uniform()), end = rate == 0 ? double.PositiveInfinity : -Math.Log(1 - stream.Uniform()) / rate;
        return arrival <= end ? new TargetTime(arrival, TargetOutcome.Reached) : new TargetTime(end, TargetOutcome.Missed);
    })];

    double Coverage(int seeds, Func<Stream, Func<double>> values, double truth)
    {
        int covered = Count(seeds, 0, stream =>
        {
            var next = values(stream);
            return MeanInterval.Of([.. Enumerable.Range(0, seeds).Select(_ => next())])!.Value.Holds(truth);
        });
        output.WriteLine($"{seeds} seeds: {(double)covered / Studies:F4}");
        return (double)covered / Studies;
    }

    /// <summary>Each optimizer has its mean, a deviation of 0.01 of its own, and twice that in common at a seed.</summary>
    static Comparison Compare(Stream stream, int seeds, double[] means, bool isHeavy)
    {
        var next = isHeavy ? Heavy(stream) : stream.NextNormal;
        double[] common = [.. Enumerable.Range(0, seeds).Select(_ => next())];
        return Compare(seeds, means.Length, (place, seed) => 0.8 + means[place] + (0.02 * common[seed]) + (0.01 * next()));
    }

    static Comparison Compare(int seeds, int optimizers, Func<int, int, double> value) =>
        Comparison.Of(new("s", [.. Enumerable.Range(0, optimizers).SelectMany(place => Enumerable.Range(0, seeds).Select(seed => Trial(place, seed, value(place, seed))))]));

    static TrialResult Trial(int place, int seed, double accuracy) => new()
    {
        Id = $"{place}-{seed}",
        Optimizer = $"o{place}",
        Settings = [],
        Seed = (ulong)seed,
        State = Descent.Studies.TrialState.Complete,
        Epochs = [new(1, 1, 1, 1, 1, accuracy)],
    };

    /// <summary>t with two degrees of freedom: a normal number over the root of an exponential one.</summary>
    static Func<double> Heavy(Stream stream) => () => stream.NextNormal() / Math.Sqrt(-Math.Log(1 - stream.Uniform()));

    static int Count(int seeds, ulong purpose, Func<Stream, bool> study) =>
        Enumerable.Range(0, Studies).Count(i => study(new Stream((ulong)i, (purpose * 1000) + (ulong)seeds)));

    /// <summary>A stream that is passed around by reference.</summary>
    sealed class Stream(ulong study, ulong purpose)
    {
        RandomStream stream = new(study, StreamPurpose.Noise, purpose);

        public double NextNormal() => stream.NextNormal();

        public double Uniform() => stream.NextDouble();
    }
}
