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
    public void TheTimeLeftCountsWhatTrialsTakeNotHowMany()
    {
        using var fixture = new RunnerFixture("seeds=0,1");
        var progress = new RunProgress(fixture.Time);
        TimeSpan? left = null;
        var trainings = new FakeTrainings
        {
            Cost = trial => new(trial.Seed == 0 ? 3000 : 600, 0),
            BeforeStep = (trial, step) =>
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
                left = (trial.Seed, step) == (0, 11) ? progress.Snapshot().Remaining : left;
            },
        };

        _ = fixture.Run(trainings, progress: progress);

        // A third of the large one, 1,000 of 3,600, in 11 seconds.
        Assert.Equal(11.0 * 2600 / 1000, left!.Value.TotalSeconds, 1e-6);
    }

    [Fact]
    public void ATrialInFlightTellsItsPosition()
    {
        using var fixture = new RunnerFixture();
        var progress = new RunProgress(fixture.Time);
        (long Step, long Total, int Epoch, double Accuracy, double? Pace, TimeSpan? Left) seen = default;
        var trainings = new FakeTrainings
        {
            BeforeStep = (_, step) =>
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(step is 1 or 11 ? 7 : 2));
                var trial = progress.Snapshot().InFlight.Single();
                seen = step == 15 ? (trial.Step, trial.TotalSteps, trial.Epoch, trial.TestAccuracy, trial.ImagesPerSecond, trial.Remaining) : seen;
            },
        };

        _ = fixture.Run(trainings, progress: progress);

        // Steps of 32 images in 2 s, but for the first and the one after the evaluation; 14 steps in 40 seconds, 16 are left.
        Assert.Equal((14, 30, 2, 0.75, 16.0), (seen.Step, seen.Total, seen.Epoch, seen.Accuracy, seen.Pace));
        Assert.Equal(40.0 * 16 / 14, seen.Left!.Value.TotalSeconds, 1e-6);
    }
}
