using Descent.Studies;
using Descent.Studies.Running;

namespace Descent.Tests.Studies.Running;

public class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AsManyTrialsRunSideBySideAsThereAreWorkersEachOnItsOwnThread(int workers)
    {
        using var fixture = new RunnerFixture("seeds=[0,1,2,3,4,5]");
        using var barrier = new Barrier(workers);
        int beside = 0, most = 0;
        bool isOnPool = false;
        var trainings = new FakeTrainings
        {
            BeforeStep = (trial, step) =>
            {
                isOnPool |= Thread.CurrentThread.IsThreadPoolThread;
                if (step == 1)
                {
                    int now = Interlocked.Increment(ref beside);
                    lock (barrier)
                    {
                        most = Math.Max(most, now);
                    }

                    barrier.SignalAndWait();
                }
                else if (step == 30)
                {
                    barrier.SignalAndWait();
                    Assert.True(Interlocked.Decrement(ref beside) >= 0);
                }
            },
        };

        _ = fixture.Run(trainings, RunnerFixture.Options with { Workers = workers });

        Assert.Equal(workers, most);
        Assert.False(isOnPool);
        Assert.All(fixture.Store.Trials("study"), trial => Assert.Equal(TrialState.Complete, trial.Trial.State));
        Assert.Equal(fixture.Uninterrupted(), fixture.Dump());
    }

    [Fact]
    public void ProgressSaysWhatIsDoneInFlightAndLeft()
    {
        using var fixture = new RunnerFixture("seeds=0,1");
        var progress = new RunProgress(fixture.Time);
        RunSnapshot? middle = null;
        var started = new List<string>();
        progress.TrialStarted += trial => started.Add(trial.Trial.Describe());
        var trainings = new FakeTrainings
        {
            BeforeStep = (trial, step) =>
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
                middle = (trial.Seed, step) == (1, 15) ? progress.Snapshot() : middle;
            },
        };

        _ = fixture.Run(trainings, progress: progress);

        Assert.Equal(["adam seed 0", "adam seed 1"], started);
        Assert.Equal((2, 1, TimeSpan.FromSeconds(45)), (middle!.Total, middle.Done, middle.Elapsed));
        // 44 steps in 45 seconds, 16 are left.
        Assert.Equal(45.0 * 16 / 44, middle.Remaining!.Value.TotalSeconds, 1e-6);
        var last = progress.Snapshot();
        Assert.Equal((2, 0, TimeSpan.Zero), (last.Done, last.InFlight.Count, last.Remaining));
    }

    [Fact]
    public void ATrialInFlightTellsItsPosition()
    {
        using var fixture = new RunnerFixture();
        var progress = new RunProgress(fixture.Time);
        (long Step, long Total, int Epoch, double Accuracy) seen = default;
        var trainings = new FakeTrainings
        {
            BeforeStep = (_, step) =>
            {
                var trial = progress.Snapshot().InFlight.Single();
                seen = step == 15 ? (trial.Step, trial.TotalSteps, trial.Epoch, trial.TestAccuracy) : seen;
            },
        };

        _ = fixture.Run(trainings, progress: progress);

        Assert.Equal((14, 30, 2, 0.75), seen);
    }
}
