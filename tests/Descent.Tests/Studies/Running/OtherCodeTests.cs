using Descent.Studies;
using Descent.Studies.Running;
using Descent.Studies.Storage;

namespace Descent.Tests.Studies.Running;

public class OtherCodeTests
{
    static readonly TrialEnvironment then = ThisMachine.Environment with { Version = "0.0.9+1c2d", Build = "0123456789abcdef" };

    [Fact]
    public void AHalfDoneTrialOfOtherCodeIsFinishedOnlyWhenAskedFor()
    {
        using var fixture = HalfDone();
        var trainings = new FakeTrainings();

        string message = Assert.Throws<BadInputException>(() => fixture.Run(trainings)).Message;
        Assert.StartsWith($"Trial {fixture.Trials[0].Id[..8]} was begun by version 0.0.9+1c2d (build 01234567, ", message,
            StringComparison.Ordinal);
        Assert.EndsWith("numbers may differ. Finish it with --allow-other-code.", message, StringComparison.Ordinal);
        Assert.Empty(trainings.Attempts);

        Assert.Equal(TrialState.Complete,
            fixture.Run(trainings, RunnerFixture.Options with { AllowsOtherCode = true }).Ended.Single().State);
        Assert.Equal([(0, 16)], trainings.Attempts);
    }

    [Fact]
    public void WithoutACheckpointItStartsAnew()
    {
        using var fixture = HalfDone();
        fixture.Checkpoints.Delete(fixture.Trials[0].Id);
        var trainings = new FakeTrainings();

        _ = fixture.Run(trainings);

        Assert.Equal([(0, 1)], trainings.Attempts);
    }

    [Fact]
    public void AFailedTrialOfOtherCodeStartsAnew()
    {
        using var fixture = HalfDone(TrialState.Failed);
        var trainings = new FakeTrainings();

        _ = fixture.Run(trainings, RunnerFixture.Options with { RetriesFailed = true });

        Assert.Equal([(0, 1)], trainings.Attempts);
        Assert.Equal(fixture.Uninterrupted(), fixture.Dump());
    }

    /// <summary>Stopped at step 15, and made to look as if other code had done so.</summary>
    static RunnerFixture HalfDone(TrialState? end = null)
    {
        var fixture = new RunnerFixture();
        fixture.RunUntil(seed: 0, step: 15);
        var claim = fixture.Store.Claim(fixture.Trials[0].Id, TrialOwner.Current, then, TimeSpan.FromSeconds(1))!;
        if (end is { } state)
        {
            fixture.Store.End(claim, new TrialEnding(state, 15, 15));
        }
        else
        {
            fixture.Store.Release(claim);
        }

        return fixture;
    }
}
