using Descent.Studies;
using Descent.Studies.Statistics;

namespace Descent.Tests.Studies.Statistics;

public class StudySummaryTests
{
    /// <summary>Numpy's median with infinity for a missed target; -1 stands for null on both sides.</summary>
    [Theory]
    [InlineData(new double[] { 412, 430, -1 }, 430)]
    [InlineData(new double[] { -1, 412, -1 }, -1)]
    [InlineData(new double[] { 440, 400, -1, 420 }, 430)]
    [InlineData(new double[] { 400, -1, 420, -1 }, -1)]
    [InlineData(new double[] { 400, 420 }, 410)]
    [InlineData(new double[] { }, -1)]
    public void MissedTargetsAreLaterThanAllOthers(double[] steps, double median)
    {
        double? found = TargetSummary.CensoredMedian(steps.Select(x => x < 0 ? (double?)null : x));
        Assert.Equal(median, found ?? -1);
    }

    [Fact]
    public void SeedsOfOneSettingAreOneRow()
    {
        var summary = StudySummary.From([
            Complete("sgd", 0, 0.90, 400, ("learning_rate", "0.1")), Complete("adam", 0, 0.97, 100, ("learning_rate", "0.001")),
            Complete("sgd", 1, 0.92, null, ("learning_rate", "0.1")), Complete("adam", 1, 0.98, 120, ("learning_rate", "0.001"))]);

        Assert.Equal(["sgd", "adam"], summary.Settings.Select(setting => setting.Label));
        var sgd = summary.Settings[0];
        Assert.Equal(0.91, sgd.FinalTestAccuracy.Mean, 1e-15);
        Assert.Equal(Math.Sqrt(0.0002), sgd.FinalTestAccuracy.StandardDeviation!.Value, 1e-12);
        Assert.Equal(new(1, 2, null, null), sgd.Target);
        Assert.Equal(new(2, 2, 110, 1.1), summary.Settings[1].Target);
    }

    [Fact]
    public void LabelsNameWhatDiffers()
    {
        var summary = StudySummary.From([
            Complete("adam", 0, 0.9, null, ("learning_rate", "0.1"), ("beta1", "0.9")),
            Complete("adam", 0, 0.9, null, ("learning_rate", "0.01"), ("beta1", "0.9")),
            Complete("sgd", 0, 0.9, null, ("learning_rate", "0.1"))]);

        Assert.Equal(["adam learning_rate=0.1", "adam learning_rate=0.01", "sgd"], summary.Settings.Select(setting => setting.Label));
    }

    [Fact]
    public void DivergedTrialsAreCountedButNotAveraged()
    {
        var diverged = Complete("sgd", 1, 0.1, 90) with { State = TrialState.Diverged, StoppedAtStep = 412 };
        var failed = Complete("sgd", 2, 0.2, 95) with { State = TrialState.Failed, Reason = "The disk is full." };
        var sgd = Assert.Single(StudySummary.From([Complete("sgd", 0, 0.9, null), diverged, failed]).Settings);

        Assert.Equal(new(1, 0.9, null, 0.9, 0.9), sgd.FinalTestAccuracy);
        Assert.Equal(1, sgd.Target.Reached);
        Assert.Equal(2, sgd.Target.Of);
        Assert.Equal(412, Assert.Single(sgd.In(TrialState.Diverged)).StoppedAtStep);
    }

    [Fact]
    public void EpochsToTheTargetLieBetweenTheEvaluations()
    {
        var trial = Complete("sgd", 0, 0.9, 250);
        Assert.Equal(2.5, trial.EpochsToTarget!.Value, 1e-15);
        Assert.Equal(3, (trial with { StepsToTarget = 300 }).EpochsToTarget);
        Assert.Equal(0, (trial with { StepsToTarget = 0 }).EpochsToTarget);
        Assert.Null((trial with { StepsToTarget = null }).EpochsToTarget);
    }

    static TrialResult Complete(string optimizer, ulong seed, double accuracy, long? steps, params (string, string)[] settings) => new()
    {
        Id = $"{optimizer}{seed}",
        Optimizer = optimizer,
        Settings = [.. settings.Select(setting => new Setting(setting.Item1, setting.Item2))],
        Seed = seed,
        State = TrialState.Complete,
        FinalTestAccuracy = accuracy,
        BestTestAccuracy = accuracy,
        StepsToTarget = steps,
        Epochs = [.. Enumerable.Range(0, 4).Select(epoch => new EpochPoint(epoch, epoch * 100, 1, 0, 1, 0))],
        Seconds = 1,
    };
}
