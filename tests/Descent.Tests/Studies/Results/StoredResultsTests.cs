using Descent.Studies;
using Descent.Studies.Results;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;
using Descent.Tests.Studies.Running;
using Descent.Training;

namespace Descent.Tests.Studies.Results;

public sealed class StoredResultsTests : IDisposable
{
    readonly RunnerFixture fixture = new("seeds=0,1", "target=0.5", "question=Why?", "optimizer.learning_rate=0.1");

    public StoredResultsTests() => fixture.Store.Save(fixture.Study, fixture.Trials);

    StoredStudy Study => fixture.Store.Study("study")!;

    public void Dispose() => fixture.Dispose();

    [Fact]
    public void ACompleteTrialSaysWhatItReached()
    {
        Store(0, new TrialEnding(TrialState.Complete, 25, 25) { ParametersHash = "ff" }, 0.1, 0.49, 0.5, 0.7, 0.6);

        var trial = StoredResults.Trials(fixture.Store, Study)[0];

        Assert.Equal((0.6, 0.7, 20L, 2.0), (trial.FinalTestAccuracy, trial.BestTestAccuracy, trial.StepsToTarget, trial.EpochsToTarget));
        Assert.Equal((TrialState.Complete, 0UL, "adam", 35.0), (trial.State, trial.Seed, trial.Optimizer, trial.Seconds));
        Assert.Equal([new Setting("learning_rate", "0.1")], trial.Settings);
        Assert.Equal([0, 1, 2, 2.5, 3.5], trial.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(35, trial.Steps.Count);
        Assert.Equal("cpu, os", trial.Environment!.Machine);
    }

    [Fact]
    public void AMissedTargetIsNull()
    {
        Store(0, new TrialEnding(TrialState.Complete, 20, 20), 0.1, 0.3, 0.4999999);

        var trial = StoredResults.Trials(fixture.Store, Study)[0];
        Assert.Equal((null, null), (trial.StepsToTarget, trial.EpochsToTarget));
    }

    [Fact]
    public void ADivergedTrialHasNoFinalAccuracyButWhatItReachedBefore()
    {
        Store(0, new TrialEnding(TrialState.Diverged, 25, 25) { DivergedAtStep = 25 }, 0.1, 0.8, 0.6);

        var trial = StoredResults.Trials(fixture.Store, Study)[0];
        Assert.Equal((null, 0.8, 10L, 25L), (trial.FinalTestAccuracy, trial.BestTestAccuracy, trial.StepsToTarget, trial.StoppedAtStep));
    }

    [Fact]
    public void ATrialThatHasNotBegunSaysNothing()
    {
        var trial = StoredResults.Trials(fixture.Store, Study)[1];

        Assert.Equal((TrialState.Waiting, null, null, null, null),
            (trial.State, trial.FinalTestAccuracy, trial.BestTestAccuracy, trial.Seconds, trial.ProcessorSeconds));
        Assert.Null(trial.Environment);
        Assert.Empty(trial.Epochs);
    }

    [Fact]
    public void TheReportSaysWhatAllTrialsShare()
    {
        var report = StoredResults.Report(fixture.Store, Study, fixture.Time);

        Assert.Equal(("study", "Why?", "digits-mlp"), (report.Study, report.Question, report.Workload));
        Assert.Equal(new StudyTarget("test accuracy", 0.5), report.Target);
        Assert.Equal(fixture.Time.GetUtcNow(), report.WrittenAt);
        Assert.Equal(2, report.Trials.Count);
        Assert.Equal(
            ["model.hidden=[64]", "model.activation=relu", "precision=float32", "epochs=3", "batch_size=32", "order=shuffled",
                "initialization=pytorch", "split_seed=0"],
            report.SharedSettings.Select(setting => $"{setting.Name}={setting.Value}"));
    }

    /// <summary>The workload's title tells its usual model.</summary>
    [Fact]
    public void TheReportSaysWhichModelTheStudyTakes()
    {
        Assert.DoesNotContain("here with", StoredResults.Report(fixture.Store, Study, fixture.Time).WorkloadDescription, StringComparison.Ordinal);
        using var other = new RunnerFixture("seeds=0", "model.hidden=[[32], [32, 32]]");
        other.Store.Save(other.Study, other.Trials);
        Assert.EndsWith("; here with hidden [32] or [32, 32]", StoredResults.Report(other.Store, other.Store.Study("study")!, other.Time).WorkloadDescription);
    }

    /// <summary>Records evaluations at steps 0, 10, 20, 25, 35 with ten steps an epoch, a point for each step, and the end.</summary>
    void Store(int trial, TrialEnding ending, params double[] accuracies)
    {
        var claim = fixture.Store.Claim(fixture.Trials[trial].Id, TrialOwner.Current, new("host", "cpu", "os", 2, 256, ".NET", "1", "b"),
            TimeSpan.FromSeconds(9))!;
        long[] steps = [0, 10, 20, 25, 35];
        var epochs = accuracies.Select((accuracy, i) =>
            new EpochRecord(i, steps[i], 1, 1, double.NaN, double.NaN, 1, accuracy, steps[i])).ToList();
        fixture.Store.Record(claim, new TrialPoints(1, new double[35], new double[35], epochs, StepsPerEpoch: 10), default);
        fixture.Store.End(claim, ending with { Points = 35, Steps = 35 });
    }
}
