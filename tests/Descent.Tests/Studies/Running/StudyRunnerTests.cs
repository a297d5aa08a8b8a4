using Descent.Studies;
using Descent.Studies.Running;
using Descent.Studies.Storage;
using Descent.Training;

namespace Descent.Tests.Studies.Running;

public class StudyRunnerTests
{
    [Fact]
    public void AllTrialsAreRunAndTheirFinalParametersKept()
    {
        using var fixture = new RunnerFixture("seeds=0,1,2");

        var summary = fixture.Run(new FakeTrainings());

        Assert.Equal((3, 0, 3, 0, false), (summary.Total, summary.AlreadyDone, summary.Ended.Count, summary.Failed, summary.IsCancelled));
        foreach (var trial in fixture.Store.Trials("study"))
        {
            Assert.Equal((TrialState.Complete, 30, 1), (trial.Trial.State, trial.Trial.Steps, trial.Trial.Attempts));
            Assert.Equal(30, fixture.Store.Steps(trial.Trial.Id).Count);
            Assert.Equal([0, 10, 20, 30], fixture.Store.Epochs(trial.Trial.Id).Select(epoch => epoch.Step));
            Assert.Equal(ThisMachine.Environment, trial.Trial.Environment);
            Assert.Empty(fixture.Checkpoints.Files(trial.Trial.Id));
            Assert.Equal(["weight"], CheckpointFile.Read(fixture.Checkpoints.FinalFile(trial.Trial.Id)).Arrays.Select(array => array.Name));
            Assert.Equal(fixture.Checkpoints.FinalFile(trial.Trial.Id), fixture.Checkpoints.Latest(trial.Trial.Id));
        }
    }

    [Fact]
    public void FinalParametersGoAwayWhenTheStudySaysSo()
    {
        using var fixture = new RunnerFixture("final_checkpoint=delete");
        _ = fixture.Run(new FakeTrainings());

        Assert.Null(fixture.Checkpoints.Latest(fixture.Trials[0].Id));
        Assert.Empty(Directory.GetFileSystemEntries(fixture.Checkpoints.Path));
    }

    [Fact]
    public void RunningAgainRunsOnlyWhatIsMissing()
    {
        using var fixture = new RunnerFixture("seeds=0,1,2");
        fixture.RunUntil(seed: 1, step: 5);
        var trainings = new FakeTrainings();

        var summary = fixture.Run(trainings);

        Assert.Equal((3, 1, 2), (summary.Total, summary.AlreadyDone, summary.Ended.Count));
        Assert.Equal([(1, 6), (2, 1)], trainings.Attempts);
        Assert.Equal(fixture.Uninterrupted(), fixture.Dump());
        Assert.Empty(fixture.Run(trainings).Ended);
        Assert.Equal(2, trainings.Attempts.Count);
    }

    [Fact]
    public void AStoppedTrialWaitsWithItsPointsAndItsCheckpoint()
    {
        using var fixture = new RunnerFixture();
        fixture.RunUntil(seed: 0, step: 15);

        var trial = fixture.Store.Trial(fixture.Trials[0].Id)!;
        Assert.Equal((TrialState.Waiting, 15, null), (trial.State, trial.Steps, trial.Owner));
        Assert.Equal(15, fixture.Store.Steps(trial.Id).Count);
        Assert.Equal(["step-000000000015", "step-000000000010"],
            fixture.Checkpoints.Files(trial.Id).Select(Path.GetFileNameWithoutExtension));
    }

    [Theory]
    [InlineData(1, 11)]
    [InlineData(2, 1)]
    public void ADamagedCheckpointLeavesTheTaskToTheOneBefore(int damaged, long firstStep)
    {
        using var fixture = new RunnerFixture();
        fixture.RunUntil(seed: 0, step: 15);
        foreach (string file in fixture.Checkpoints.Files(fixture.Trials[0].Id).Take(damaged))
        {
            // The last byte is one of an array's: the file is whole and valid, and its number is wrong.
            byte[] bytes = File.ReadAllBytes(file);
            bytes[^1] ^= 1;
            File.WriteAllBytes(file, bytes);
        }

        var trainings = new FakeTrainings();
        _ = fixture.Run(trainings);

        Assert.Equal([(0, firstStep)], trainings.Attempts);
        Assert.Equal(fixture.Uninterrupted(), fixture.Dump());
    }

    [Fact]
    public void ACheckpointOfAnotherStoreIsNotUsed()
    {
        using var fixture = new RunnerFixture();
        fixture.RunUntil(seed: 0, step: 15);
        using var other = SqliteStudyStore.OpenOrCreate(fixture.Store.Location + "2", fixture.Time);
        var trainings = new FakeTrainings();

        _ = new StudyRunner(new(other, fixture.Checkpoints, trainings, fixture.Time, RunnerFixture.Options))
            .Run(fixture.Study, new(fixture.Time), TestContext.Current.CancellationToken);

        Assert.Equal([(0, 1)], trainings.Attempts);
        Assert.Equal(30, other.Steps(fixture.Trials[0].Id).Count);
    }

    [Fact]
    public void AFailureIsStoredStopsNobodyAndIsTriedAgainWhenAsked()
    {
        using var fixture = new RunnerFixture("seeds=0,1,2");
        bool isBroken = true;
        var trainings = new FakeTrainings
        {
            BeforeStep = (trial, step) => _ = isBroken && (trial.Seed, step) == (1, 15) ? throw new InvalidOperationException("It\nbroke.")
                : 0,
        };

        var summary = fixture.Run(trainings);

        Assert.Equal((1, 3), (summary.Failed, summary.Ended.Count));
        Assert.Equal([TrialState.Complete, TrialState.Failed, TrialState.Complete],
            fixture.Store.Trials("study").Select(trial => trial.Trial.State));
        Assert.Equal("InvalidOperationException: It broke.", fixture.Store.Trial(fixture.Trials[1].Id)!.Reason);
        isBroken = false;
        var left = fixture.Run(trainings);
        Assert.Equal((1, 1, 2, 0), (left.Failed, left.FailedBefore, left.AlreadyDone, left.Ended.Count));
        Assert.Equal(0, fixture.Run(trainings, RunnerFixture.Options with { RetriesFailed = true }).Failed);
        Assert.Equal((1UL, 11L), trainings.Attempts[^1]);
        Assert.Equal(fixture.Uninterrupted(), fixture.Dump());
    }

    [Fact]
    public void TheLongestTrialsComeFirstAfterThoseThatWereBegun()
    {
        using var fixture = new RunnerFixture("seeds=[0,1,2,3,4]");
        fixture.RunUntil(seed: 0, step: 5);
        var trainings = new FakeTrainings { Cost = trial => new(trial.Seed is 2 or 3 ? 9 : 1, 0) };

        _ = fixture.Run(trainings);

        Assert.Equal([0, 2, 3, 1, 4], trainings.Attempts.Select(attempt => attempt.Seed));
        Assert.Equal([0, 1, 2, 3, 4], fixture.Store.Trials("study").Select(trial => trial.Trial.Settings.Seed));
        Assert.Equal(fixture.Uninterrupted(), fixture.Dump());
    }

    [Fact]
    public void ADivergedTrialIsAResult()
    {
        using var fixture = new RunnerFixture("seeds=0,1");
        var trainings = new FakeTrainings { DivergesAt = trial => trial.Seed == 0 ? 12 : null };

        var summary = fixture.Run(trainings);

        var trial = fixture.Store.Trial(fixture.Trials[0].Id)!;
        Assert.Equal((TrialState.Diverged, 12L, 0), (trial.State, trial.DivergedAtStep, summary.Failed));
        Assert.Equal(double.NaN, fixture.Store.Steps(trial.Id).Loss.Span[^1]);
        Assert.Equal(12, fixture.Store.Steps(trial.Id).Count);
        Assert.Null(fixture.Checkpoints.Latest(trial.Id));
        Assert.Empty(fixture.Run(trainings).Ended);
    }

    [Fact]
    public void DataThatDoNotFitAreRefusedBeforeAnythingIsStored()
    {
        using var fixture = new RunnerFixture("batch_size=10000");
        var trainings = new WorkloadTrainings(new("unused"), fixture.Time);

        string message = Assert.Throws<BadInputException>(() => fixture.Run(trainings)).Message;

        Assert.StartsWith("batch_size must lie in 1-", message, StringComparison.Ordinal);
        Assert.Null(fixture.Store.Study("study"));
    }

    [Fact]
    public void OneTrialsBadInputIsAFailureOfThatTrial()
    {
        using var fixture = new RunnerFixture();
        var trainings = new FakeTrainings { BeforeStep = (_, _) => throw new BadInputException("The file is gone.") };

        Assert.Equal("The file is gone.", fixture.Run(trainings).Ended.Single().Reason);
    }
}
