using Descent.Studies;
using Descent.Studies.Storage;

namespace Descent.Tests.Studies.Running;

public class RecordingFaultTests
{
    [Fact]
    public void AFullDiskStopsTheRunInOneSentenceAndLosesNothing()
    {
        using var fixture = new RunnerFixture("seeds=0,1,2", "steps=2000");
        var trainings = new FakeTrainings
        {
            BeforeStep = (trial, step) => _ = (trial.Seed, step) == (1, 500)
                ? fixture.Store.Writer.Execute($"PRAGMA max_page_count = {Pages(fixture.Store)}") : 0,
        };

        string message = Assert.Throws<BadInputException>(() =>
            fixture.Run(trainings, RunnerFixture.Options with { RecordInterval = TimeSpan.Zero })).Message;

        Assert.Equal($"The store {fixture.Store.Location} cannot grow, the disk is full; what was recorded until now is kept: "
            + "free some space and run the same command again.", message);
        Assert.Equal([TrialState.Complete, TrialState.Running, TrialState.Waiting],
            fixture.Store.Trials("study").Select(trial => trial.Trial.State));
        Assert.True(fixture.Store.Steps(fixture.Trials[1].Id).Count >= 499);
        _ = fixture.Store.Writer.Execute("PRAGMA max_page_count = 1000000");
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, fixture.Run(new FakeTrainings()).Ended.Count);
    }

    [Fact]
    public void ACheckpointThatCannotBeWrittenStopsTheRunInOneSentence()
    {
        using var fixture = new RunnerFixture();
        File.WriteAllText(fixture.Checkpoints.Path, "in the way");

        string message = Assert.Throws<BadInputException>(() => fixture.Run(new FakeTrainings())).Message;

        Assert.StartsWith("A checkpoint cannot be written (", message, StringComparison.Ordinal);
        Assert.EndsWith("); what was recorded until now is kept: run the same command again.", message, StringComparison.Ordinal);
        File.Delete(fixture.Checkpoints.Path);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        _ = fixture.Run(new FakeTrainings());
        Assert.Equal(fixture.Uninterrupted(), fixture.Dump());
    }

    static long Pages(SqliteStudyStore store) => (long)store.Writer.Scalar("PRAGMA page_count")!;
}
