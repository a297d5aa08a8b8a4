using Descent.Schedules;

namespace Descent.Tests.Schedules;

/// <summary>What PyTorch does not show: closed forms of the other schedules, warmup, units, and properties of all.</summary>
public class ScheduleTests
{
    public static TheoryData<string> Names => [.. ScheduleCatalog.Default.Names];

    [Fact]
    public void EveryRecordInTheFolderIsFound()
    {
        Assert.Equal(
            ["constant", "cosine", "cosine-restarts", "exponential", "inverse-square-root", "linear", "multi-step", "one-cycle", "polynomial",
                "reduce-on-plateau", "step", "warmup-stable-decay"], ScheduleCatalog.Default.Names);
        Assert.Equal(typeof(ISchedule).Assembly.GetTypes().Count(x => x.IsAssignableTo(typeof(ISchedule)) && !x.IsAbstract),
            ScheduleCatalog.Default.All.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryScheduleIsDocumented(string name)
    {
        var schedule = ScheduleCatalog.Default.Find(name);
        string[] texts = [schedule.Summary, schedule.Remarks, schedule.Source,
            .. schedule.Hyperparameters.Concat(SchedulePlan.Common).Select(x => x.Documentation)];

        Assert.All(texts, text => Assert.NotEmpty(text));
        Assert.Contains("PyTorch", schedule.Remarks);
        Assert.Contains("Differs", schedule.Remarks);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void FactorsAreFiniteWhateverTheLength(string name)
    {
        foreach (string per in (string[])["step", "epoch"])
        {
            foreach (string warmup in (string[])["0", "1", "0.3", "7", "100"])
            {
                foreach (long steps in (long[])[1, 2, 3, 7, 50])
                {
                    var run = new ScheduleRun(ScheduleGoldenTests.Plan(name, $"per={per} warmup={warmup}"), steps, stepsPerEpoch: 3);
                    for (long step = 0; step <= steps + 10; step++)
                    {
                        Assert.InRange(run.Factor(step), 0, 1);
                    }
                }
            }
        }
    }

    /// <summary>W steps rise to the schedule's first: none is zero, none is twice the full one.</summary>
    [Fact]
    public void WarmupRisesLinearlyToTheSchedulesFirstStep() =>
        Assert.Equal([0.2, 0.4, 0.6, 0.8, 1, 1, 1], Factors("constant", "warmup=4", 7));

    [Fact]
    public void AWarmupBelowOneIsAShareOfTheTraining() =>
        Assert.Equal(Factors("cosine", "warmup=5", 50), Factors("cosine", "warmup=0.1", 50));

    /// <summary>The schedule begins at the warmup's end and has the rest of the training for its lengths.</summary>
    [Fact]
    public void TheScheduleStandsBehindTheWarmup() =>
        Assert.Equal(Factors("cosine", "", 40), Factors("cosine", "warmup=10", 50)[10..]);

    [Fact]
    public void SharesAreOfTheTimeBehindTheWarmup() => Assert.Equal(
        Factors("multi-step", "milestones=[20,30]", 40), Factors("multi-step", "milestones=[0.5,0.75] warmup=10", 50)[10..]);

    [Fact]
    public void PerEpochTheFactorMovesOnceAnEpochAndLengthsAreEpochs() => Assert.Equal(
        [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25], Factors("exponential", "per=epoch every=1 factor=0.5", 9, stepsPerEpoch: 3));

    [Fact]
    public void PerEpochTheWarmupIsInEpochsAndRisesWithEveryStep() => Assert.Equal(
        [0.25, 0.5, 0.75, 1, 1, 1, 0.5, 0.5, 0.5],
        Factors("step", "per=epoch warmup=1 every=1 factor=0.5", 9, stepsPerEpoch: 3));

    [Fact]
    public void PerEpochABudgetThatEndsWithinAnEpochCountsItAsAWholeOne() => Assert.Equal(
        [1, 1, 1, 0.5, 0.5], Factors("linear", "per=epoch", 5, stepsPerEpoch: 3));

    [Theory]
    [InlineData("linear", new[] { 1, 1, 1, 1, 1, 1, 1, 0.75, 0.5, 0.25, 0, 0 })]
    [InlineData("cosine", new[] { 1, 1, 1, 1, 1, 1, 1, 0.85355339059327373, 0.5, 0.14644660940672624, 0, 0 })]
    [InlineData("square-root", new[] { 1, 1, 1, 1, 1, 1, 1, 0.5, 0.29289321881345243, 0.1339745962155614, 0, 0 })]
    public void WarmupStableDecay(string shape, double[] expected) =>
        AssertClose(expected, Factors("warmup-stable-decay", $"warmup=0 decay=4 shape={shape}", 10, more: 2));

    [Fact]
    public void WarmupStableDecayEndsWhereItIsTold() => AssertClose(
        [1, 1, 0.9, 0.8, 0.7, 0.6, 0.6], Factors("warmup-stable-decay", "warmup=0 decay=0.8 end_factor=0.6", 5, more: 2));

    [Fact]
    public void PolynomialDecayEndsWhereItIsTold() => AssertClose(
        [1, 0.2 + (0.8 * 0.5625), 0.4, 0.25, 0.2, 0.2], Factors("polynomial", "length=4 power=2 end_factor=0.2", 5, more: 1));

    /// <summary>Its name promises one.</summary>
    [Fact]
    public void WarmupStableDecayHasAWarmupWhereNobodySaysOne()
    {
        Assert.Equal(Factors("warmup-stable-decay", "warmup=0.05", 100), Factors("warmup-stable-decay", "", 100));
        Assert.Equal(1, Factors("warmup-stable-decay", "warmup=0", 100)[0]);
    }

    [Fact]
    public void InverseSquareRootIsAHalfAfterThreeTimescales() => AssertClose(
        [1, Math.Sqrt(0.5), Math.Sqrt(1.0 / 3), 0.5], Factors("inverse-square-root", "timescale=1", 4));

    /// <summary>Section 5.3 of the paper: min(s^−½, s·W^−1.5) at step s from 1 on, here in units of its highest value. The paper's warmup reaches
    /// the full rate at step W, this one a step later.</summary>
    [Fact]
    public void InverseSquareRootBehindAWarmupIsThatOfVaswani()
    {
        const int Warmup = 9;
        double[] expected = [.. Enumerable.Range(1, 30).Select(s => Math.Min(Math.Pow(s, -0.5), s * Math.Pow(Warmup, -1.5)) * Math.Sqrt(Warmup))];

        AssertClose(expected[(Warmup - 1)..], Factors("inverse-square-root", $"warmup={Warmup}", 40)[Warmup..][..22]);
    }

    [Fact]
    public void InverseSquareRootWithoutWarmupTakesATenthOfTheTraining() => AssertClose(
        Factors("inverse-square-root", "timescale=10", 100), Factors("inverse-square-root", "", 100));

    [Fact]
    public void RestartsFallOnWholeStepsHoweverManyThereWere()
    {
        var run = new ScheduleRun(ScheduleGoldenTests.Plan("cosine-restarts", "length=1000"), 1_000_000_000_000, 1);

        Assert.Equal(1, run.Factor(999_999_999_000));
        Assert.Equal(run.Factor(999), run.Factor(999_999_999_999));
    }

    [Theory]
    [InlineData("cosin", "", "cosin is not a schedule. Did you mean \"cosine\"?")]
    [InlineData("cosine", "lenght=3", "cosine has no hyperparameter \"lenght\". Did you mean \"length\"? Known: length, end_factor, warmup, per.")]
    [InlineData("cosine", "length=1.5", "cosine: length must be 0, a share below 1, or a whole number of steps, got 1.5.")]
    [InlineData("cosine", "warmup=-1", "schedule: warmup must be 0, a share below 1, or a whole number of steps, got -1.")]
    [InlineData("cosine", "per=epochs", "schedule: per must be step or epoch, got \"epochs\". Did you mean \"epoch\"?")]
    [InlineData("multi-step", "milestones=[0.5,1.5]",
        "multi-step: milestones must list rising lengths, shares below 1 or whole numbers of steps, as in [0.5, 0.75] or [30, 60, 80], "
        + "got \"[0.5,1.5]\".")]
    [InlineData("one-cycle", "three_phases=true peak=0.5", "one-cycle: three_phases needs a peak below 0.5, got 0.5.")]
    public void WhatIsNotAllowedIsSaid(string name, string settings, string sentence) =>
        Assert.StartsWith(sentence, Assert.Throws<BadInputException>(() => ScheduleGoldenTests.Plan(name, settings)).Message);

    [Fact]
    public void StateOfAPlateauReadsBack()
    {
        var state = new PlateauState(0.1, 1.0 / 3, 4, 2);

        Assert.Equal(state, PlateauState.Parse(state.ToText()));
        Assert.Equal(double.NegativeInfinity, PlateauState.Parse(new ReduceOnPlateau(Monitor: "train_accuracy").Start.ToText()).Best);
        Assert.Equal("\"0.1 2\" is not the state of a reduce-on-plateau.",
            Assert.Throws<BadInputException>(() => PlateauState.Parse("0.1 2")).Message);
    }

    static double[] Factors(string name, string settings, long steps, long stepsPerEpoch = 1, int more = 0)
    {
        var run = new ScheduleRun(ScheduleGoldenTests.Plan(name, settings), steps, stepsPerEpoch);
        return [.. Enumerable.Range(0, (int)steps + more).Select(step => run.Factor(step))];
    }

    static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), x => Assert.Equal(x.First, x.Second, 1e-14));
    }
}
