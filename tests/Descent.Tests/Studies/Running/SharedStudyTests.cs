using Descent.Studies;
using Descent.Studies.Running;
using Descent.Studies.Storage;

namespace Descent.Tests.Studies.Running;

/// <summary>Two that run one study, and trials that are taken away.</summary>
public class SharedStudyTests
{
    static readonly TrialOwner other = new("another-machine", 1, 0);

    [Fact]
    public void ARunWaitsForTheTrialsThatAnotherProcessRuns()
    {
        using var fixture = new RunnerFixture("seeds=0,1");
        fixture.Store.Save(fixture.Study, fixture.Trials);
        var claim = fixture.Store.Claim(fixture.Trials[0].Id, other, ThisMachine.Environment, TimeSpan.FromHours(1))!;
        var progress = new RunProgress(fixture.Time);
        using var isFirstDone = new ManualResetEventSlim();
        progress.TrialEnded += _ => isFirstDone.Set();

        RunSummary? summary = null;
        var thread = new Thread(() => summary = fixture.Run(new FakeTrainings(), progress: progress));
        thread.IsBackground = true;
        thread.Start();
        isFirstDone.Wait(TestContext.Current.CancellationToken);
        fixture.Store.End(claim, new TrialEnding(TrialState.Diverged, 0, 0));
        while (!thread.Join(TimeSpan.FromMilliseconds(1)))
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([(1, TrialState.Complete, true), (0, TrialState.Diverged, false)],
            summary!.Ended.Select(trial => (trial.Trial.Settings.Seed, trial.State, trial.IsOwn)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ATrialThatFailsElsewhereMeanwhileIsNotTriedHere(bool retriesFailed)
    {
        using var fixture = new RunnerFixture("seeds=0,1");
        fixture.Store.Save(fixture.Study, fixture.Trials);
        var claim = fixture.Store.Claim(fixture.Trials[1].Id, other, ThisMachine.Environment, TimeSpan.FromHours(1))!;
        var trainings = new FakeTrainings
        {
            BeforeStep = (_, step) =>
            {
                if (step == 5)
                {
                    fixture.Store.End(claim, new TrialEnding(TrialState.Failed, 0, 0) { Reason = "It broke." });
                }
            },
        };

        var summary = fixture.Run(trainings, RunnerFixture.Options with { RetriesFailed = retriesFailed });

        Assert.Equal([(0, TrialState.Complete, true), (1, TrialState.Failed, false)],
            summary.Ended.Select(trial => (trial.Trial.Settings.Seed, trial.State, trial.IsOwn)));
        Assert.Equal((1, 0), (summary.Failed, summary.FailedBefore));
    }

    [Fact]
    public void ManyWaitingWorkersAllNoticeTheEnd()
    {
        using var fixture = new RunnerFixture("seeds=[0,1,2,3,4,5,6,7]");
        fixture.Store.Save(fixture.Study, fixture.Trials);
        var claims = fixture.Trials.Select(trial =>
            fixture.Store.Claim(trial.Id, other, ThisMachine.Environment, TimeSpan.FromHours(1))!).ToList();
        var options = RunnerFixture.Options with { Workers = 8, PollInterval = TimeSpan.FromMilliseconds(1) };
        var runner = new StudyRunner(new(fixture.Store, fixture.Checkpoints, new FakeTrainings(), TimeProvider.System, options));
        RunSummary? summary = null;
        var thread = new Thread(() => summary = runner.Run(fixture.Study, new(fixture.Time), TestContext.Current.CancellationToken));
        thread.IsBackground = true;
        thread.Start();

        // Each goes away while the eight look for it again and again.
        foreach (var claim in claims)
        {
            Assert.False(thread.Join(TimeSpan.FromMilliseconds(20)));
            fixture.Store.End(claim, new TrialEnding(TrialState.Complete, 0, 0));
        }

        Assert.True(thread.Join(TimeSpan.FromSeconds(60)));
        Assert.Equal(8, summary!.Ended.Count);
    }

    [Fact]
    public void ATrialWhoseOwnerFellSilentIsTakenOver()
    {
        using var fixture = new RunnerFixture();
        fixture.Store.Save(fixture.Study, fixture.Trials);
        Assert.NotNull(fixture.Store.Claim(fixture.Trials[0].Id, other, ThisMachine.Environment, TimeSpan.FromMinutes(1)));

        RunSummary? summary = null;
        var thread = new Thread(() => summary = fixture.Run(new FakeTrainings()));
        thread.IsBackground = true;
        thread.Start();
        while (!thread.Join(TimeSpan.FromMilliseconds(1)))
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal((TrialState.Complete, true), (summary!.Ended.Single().State, summary.Ended.Single().IsOwn));
        Assert.Equal(2, fixture.Store.Trial(fixture.Trials[0].Id)!.Attempts);
        Assert.Equal(fixture.Uninterrupted(), fixture.Dump());
    }

    [Fact]
    public void ATrialThatIsTakenAwayIsLeftToTheOther()
    {
        using var fixture = new RunnerFixture();
        TrialClaim? taken = null;
        var trainings = new FakeTrainings
        {
            BeforeStep = (trial, step) =>
            {
                if (taken is null && step == 15)
                {
                    // As after a long sleep of the machine: no timer has fired, and the lease is over.
                    using var second = SqliteStudyStore.Open(fixture.Store.Location, new ShiftedTime(fixture.Time, TimeSpan.FromHours(1)));
                    taken = second.Claim(trial.Id, other, ThisMachine.Environment, TimeSpan.FromHours(1))!;
                    fixture.Store.Record(taken, new TrialPoints(11, new double[20], new double[20], [], 10), default);
                    fixture.Store.End(taken, new TrialEnding(TrialState.Complete, 30, 30) { ParametersHash = "theirs" });
                }
            },
        };

        var summary = fixture.Run(trainings);

        Assert.Equal([(TrialState.Running, true), (TrialState.Complete, false)], summary.Ended.Select(trial => (trial.State, trial.IsOwn)));
        Assert.Equal("theirs", fixture.Store.Trial(fixture.Trials[0].Id)!.ParametersHash);
        Assert.Equal(new double[20], fixture.Store.Steps(fixture.Trials[0].Id).Loss.ToArray()[10..]);
    }

    [Fact]
    public void ALostLeaseIsNoticedByTheKeeperAndStopsTheTrial()
    {
        using var fixture = new RunnerFixture();
        TrialClaim? taken = null;
        long last = 0;
        var trainings = new FakeTrainings
        {
            BeforeStep = (trial, step) =>
            {
                last = step;
                if (taken is null && step == 15)
                {
                    using (var second = SqliteStudyStore.Open(fixture.Store.Location, new ShiftedTime(fixture.Time, TimeSpan.FromHours(1))))
                    {
                        taken = second.Claim(trial.Id, other, ThisMachine.Environment, TimeSpan.FromHours(1));
                    }

                    fixture.Time.Advance(TimeSpan.FromSeconds(8));
                    fixture.Store.End(taken!, new TrialEnding(TrialState.Complete, 10, 10));
                }
            },
        };

        var never = TimeSpan.FromHours(1);
        _ = fixture.Run(trainings,
            RunnerFixture.Options with { RecordInterval = never, EpochCheckpointInterval = never, CheckpointInterval = never });

        Assert.Equal(15, last);
    }

    [Fact]
    public void TwoRunsShareTheTrials()
    {
        using var fixture = new RunnerFixture("seeds=[0,1,2,3,4,5,6,7,8,9]");
        using var second = SqliteStudyStore.OpenOrCreate(fixture.Store.Location, fixture.Time);
        var trainings = new FakeTrainings();
        var options = RunnerFixture.Options with { Workers = 2, PollInterval = TimeSpan.FromMilliseconds(5) };
        var summaries = new RunSummary[2];

        var threads = Enumerable.Range(0, 2).Select(i => new Thread(() => summaries[i] = new StudyRunner(new(
            i == 0 ? fixture.Store : second, fixture.Checkpoints, trainings, TimeProvider.System, options))
            .Run(fixture.Study, new(TimeProvider.System), CancellationToken.None))).ToList();
        threads.ForEach(thread => thread.IsBackground = true);
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(Enumerable.Range(0, 10).Select(seed => (ulong)seed), trainings.Attempts.Select(attempt => attempt.Seed).Order());
        Assert.All(summaries, summary => Assert.Equal(10, summary.AlreadyDone + summary.Ended.Count));
        Assert.Equal(fixture.Uninterrupted(), fixture.Dump());
    }

    /// <summary>A clock that goes ahead of another.</summary>
    sealed class ShiftedTime(TimeProvider time, TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + shift;
    }
}
