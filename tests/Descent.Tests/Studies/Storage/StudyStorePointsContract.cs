using Descent.Studies;
using Descent.Studies.Storage;
using Descent.Training;
using FsCheck;
using FsCheck.Fluent;

namespace Descent.Tests.Studies.Storage;

/// <summary>The rules of <see cref="IStudyStore"/> on points, for any store.</summary>
public abstract class StudyStorePointsContract : StudyStoreContract
{
    [Fact]
    public void PointsAreReadBackToTheBit()
    {
        var (_, trials) = Save();
        double[] loss = [0.1, double.Epsilon, -0.0, double.NaN, double.PositiveInfinity, double.MaxValue];
        double[] norm = [1, 2, 3, double.NegativeInfinity, double.NaN, 0];
        Store.Record(Claim(trials[0]), new TrialPoints(1, loss, norm, [], 7), default);

        var steps = Store.Steps(trials[0].Id);

        Assert.Equal([1, 2, 3, 4, 5, 6], steps.Step.ToArray());
        Assert.Equal(loss.Select(BitConverter.DoubleToInt64Bits), steps.Loss.ToArray().Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(norm.Select(BitConverter.DoubleToInt64Bits), steps.GradientNorm.ToArray().Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal((6, 7), (Store.Trial(trials[0].Id)!.Steps, Store.Trial(trials[0].Id)!.StepsPerEpoch));
    }

    [Fact]
    public void EpochsAreReadBackAndWhatWasNotMeasuredIsNaN()
    {
        var (_, trials) = Save();
        EpochRecord start = new(0, 0, 2.3, 0.1, double.NaN, double.NaN, 2.4, 0.125, 0),
            first = new(1, 45, 0.5, 0.8, 0.6, 0.7, double.PositiveInfinity, 0.75, 1.5) { GradientEvaluations = 90, HessianProducts = 3 };
        Store.Record(Claim(trials[0]), Points(1, 0, first, start), default);

        Assert.Equal([start, first], Store.Epochs(trials[0].Id));
    }

    [Fact]
    public void AnyPiecesGiveTheSameSeries()
    {
        var (_, trials) = Save();
        var claim = Claim(trials[0]);
        long recorded = 0;

        Prop.ForAll(Gen.Choose(0, 2500).Two().ToArbitrary(), piece =>
        {
            // The first number is how far the piece reaches back over what is recorded already.
            long first = Math.Max(1, recorded + 1 - piece.Item1);
            Store.Record(claim, Points(first, piece.Item2), default);
            recorded = Math.Max(recorded, first + piece.Item2 - 1);
            var steps = Store.Steps(trials[0].Id);
            return steps.Count == recorded && steps.Loss.ToArray().AsSpan().SequenceEqual(Points(1, (int)recorded).Loss.Span)
                && steps.GradientNorm.ToArray().AsSpan().SequenceEqual(Points(1, (int)recorded).GradientNorm.Span);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void RecordingAgainReplacesAndKeepsWhatComesAfter()
    {
        var (_, trials) = Save();
        var claim = Claim(trials[0]);
        Store.Record(claim, Points(1, 2500, new EpochRecord(1, 10, 1, 1, 1, 1, 1, 1, 1), new EpochRecord(2, 20, 2, 2, 2, 2, 2, 2, 2)),
            default);

        Store.Record(claim, new TrialPoints(999, new double[] { -1, -2, -3 }, new double[] { -4, -5, -6 },
            [new EpochRecord(1, 10, 3, 3, 3, 3, 3, 3, 3)], 10), default);

        var expected = Points(1, 2500).Loss.ToArray();
        (expected[998], expected[999], expected[1000]) = (-1, -2, -3);
        Assert.Equal(expected, Store.Steps(trials[0].Id).Loss.ToArray());
        Assert.Equal([3.0, 2.0], Store.Epochs(trials[0].Id).Select(epoch => epoch.TestLoss));
        Assert.Equal(2500, Store.Trial(trials[0].Id)!.Steps);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(2500)]
    public void TheEndRemovesWhatLiesBehindIt(int points)
    {
        var (_, trials) = Save();
        var claim = Claim(trials[0]);
        Store.Record(claim, Points(1, 2500, new EpochRecord(1, 999, 1, 1, 1, 1, 1, 1, 1), new EpochRecord(2, 1001, 2, 2, 2, 2, 2, 2, 2)),
            default);

        Store.End(claim, new TrialEnding(TrialState.Diverged, points, points));

        Assert.Equal(Points(1, points).Loss.ToArray(), Store.Steps(trials[0].Id).Loss.ToArray());
        Assert.Equal(Points(1, points).GradientNorm.ToArray(), Store.Steps(trials[0].Id).GradientNorm.ToArray());
        Assert.Equal(points < 999 ? [] : points < 1001 ? [1] : [1, 2], Store.Epochs(trials[0].Id).Select(epoch => epoch.Epoch));
        Assert.Equal(points, Store.Trial(trials[0].Id)!.Steps);
    }

    [Fact]
    public void PointsThatLeaveAGapAreAFaultOfTheCaller()
    {
        var (_, trials) = Save();
        var claim = Claim(trials[0]);
        Store.Record(claim, Points(1, 5), default);

        _ = Assert.Throws<ArgumentException>(() => Store.Record(claim, Points(7, 1), default));
        _ = Assert.Throws<ArgumentException>(() => Store.Record(claim, Points(0, 1), default));
        _ = Assert.Throws<ArgumentException>(() => Store.Record(claim, new TrialPoints(6, new double[1], new double[2], [], 1), default));
        Assert.Equal(5, Store.Steps(trials[0].Id).Count);
    }

    [Fact]
    public void ReadingsOfGaugesAreReplacedAndThoseBehindTheEndGo()
    {
        var (_, trials) = Save();
        var claim = Claim(trials[0]);
        Store.Record(claim, Points(1, 9) with { Gauges = [Reading(8, double.NaN), Reading(0, 1), Reading(4, 2)] }, default);
        Store.Record(claim, Points(5, 5) with { Gauges = [Reading(8, 3), new GaugeReading("other", 2, ["c"], [-0.0], 0)] }, default);

        var gauges = Store.Gauges(trials[0].Id);
        Assert.Equal(["gauge", "other"], gauges.Select(x => x.Gauge));
        Assert.Equal([0, 4, 8], gauges[0].Steps);
        Assert.Equal([1, 2, 3], gauges[0]["a"]!);
        Assert.Equal([10, 20, 30], gauges[0].Seconds);
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(gauges[1]["c"]![0]));

        Store.End(claim, new TrialEnding(TrialState.Diverged, 7, 8));
        Assert.Equal([0, 4], Store.Gauges(trials[0].Id)[0].Steps);
        _ = Store.Delete("study");
        Assert.Empty(Store.Gauges(trials[0].Id));

        static GaugeReading Reading(long step, double value) => new("gauge", step, ["a", "b"], [value, 0.1], 10 + (2.5 * step));
    }

    [Fact]
    public void ClockReadingsAddUp()
    {
        var (_, trials) = Save();
        var claim = Claim(trials[0]);

        Store.Record(claim, Points(1, 0), new TrialClock(WallSeconds: 1, ProcessorSeconds: 0.5, BesideSeconds: 1));
        Store.Record(claim, Points(1, 0), new TrialClock(WallSeconds: 3, ProcessorSeconds: 2.5, BesideSeconds: 0));

        var trial = Store.Trial(trials[0].Id)!;
        Assert.Equal((4, 3, 0.25), (trial.WallSeconds, trial.ProcessorSeconds, trial.TrialsBeside));
    }
}
