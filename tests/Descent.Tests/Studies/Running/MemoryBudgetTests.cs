using Descent.Studies;
using Descent.Studies.Running;
using Descent.Tests.Studies.Definition;

namespace Descent.Tests.Studies.Running;

public class MemoryBudgetTests
{
    // What the program itself takes is no trial's.
    const long Program = 100_000_000;

    [Fact]
    public void TrialsBeginOnlyWhileTheyFit()
    {
        using var fixture = new RunnerFixture("seeds=[0,1,2,3,4,5,6,7]");
        var inFlight = new List<ulong>();
        long most = 0;
        int mostBeside = 0;
        using var never = new ManualResetEventSlim();
        var trainings = new FakeTrainings
        {
            Cost = trial => new(1, Need(trial.Seed)),
            BeforeStep = (trial, step) =>
            {
                if (step == 2)
                {
                    // Long enough for all others to begin that are let.
                    _ = never.Wait(TimeSpan.FromMilliseconds(50));
                }

                lock (inFlight)
                {
                    if (step == 1)
                    {
                        inFlight.Add(trial.Seed);
                    }

                    most = Math.Max(most, inFlight.Sum(Need));
                    mostBeside = Math.Max(mostBeside, inFlight.Count);
                    if (step == 30)
                    {
                        _ = inFlight.Remove(trial.Seed);
                    }
                }
            },
        };

        var summary = fixture.Run(trainings, RunnerFixture.Options with { Workers = 8, MemoryBytes = Program + 100 });

        Assert.Equal(8, summary.Ended.Count(trial => trial.State == TrialState.Complete));
        Assert.InRange(most, 60, 100);
        Assert.InRange(mostBeside, 2, 5);
        Assert.Equal(fixture.Uninterrupted(), fixture.Dump());

        static long Need(ulong seed) => seed % 2 == 0 ? 60 : 20;
    }

    [Fact]
    public void ATrialThatNeverFitsIsRefusedBeforeAnyBegins()
    {
        using var fixture = new RunnerFixture("seeds=0,1");
        var trainings = new FakeTrainings { Cost = trial => new(1, trial.Seed == 1 ? 1_500_000_000 : 10) };

        string message = Assert.Throws<BadInputException>(() => fixture.Run(trainings, RunnerFixture.Options with { MemoryBytes = 800_000_000 })).Message;

        Assert.Equal("A trial of adam with batches of 32 needs about 1.6 GB of memory, and 800 MB may be used: give more with --memory, or a smaller "
            + "physical_batch.", message);
        Assert.Empty(trainings.Attempts);
    }

    [Fact]
    public void AFailedTrialGivesItsMemoryBack()
    {
        using var fixture = new RunnerFixture("seeds=0,1,2");
        var trainings = new FakeTrainings
        {
            Cost = _ => new(1, 60),
            BeforeStep = (_, _) => throw new InvalidOperationException("It broke."),
        };

        var summary = fixture.Run(trainings, RunnerFixture.Options with { Workers = 3, MemoryBytes = Program + 100 });

        Assert.Equal((3, 3), (summary.Ended.Count, summary.Failed));
    }

    /// <summary>Sums by hand for the net 64-64-10: 4,810 parameters, 9,088 multiply-adds forward, 1,437 images to train and 360 to test.</summary>
    [Fact]
    public void WhatATrialTakesFollowsFromItsNetItsBatchAndItsBudget()
    {
        Assert.Equal(Operations(4, 1437, 45), Cost("epochs=4").Operations, 1e-6);
        Assert.Equal(Operations(4, 1437, 180), Cost("epochs=4", "batch_size=8").Operations, 1e-6);
        Assert.True(Cost("epochs=4", "optimizers=[sam]").Operations > 1.5 * Cost("epochs=4").Operations);
        // Parameters, gradients and two states of Adam, and three of them once more in a checkpoint.
        Assert.Equal(4 * 2 * 100 * (64 + 64 + 10), Cost("batch_size=132").MemoryBytes - Cost("batch_size=32").MemoryBytes);
        Assert.Equal(2 * Cost().MemoryBytes, Cost("precision=float64").MemoryBytes);
        Assert.True(Cost("model.hidden=[2000,2000]").MemoryBytes > 4_000_000L * 4 * 7);

        static double Operations(int epochs, int images, int batches) => (((3.0 * epochs * images) + ((epochs + 1) * 1797)) * 2 * ((64 * 64) + (64 * 10)))
            + (16.0 * 4810 * epochs * batches);
    }

    static TrialEstimate Cost(params string[] sets)
    {
        var trainings = new WorkloadTrainings(new("unused"), TimeProvider.System);
        return trainings.EstimateOf(StudyText.Parse(StudyText.Smallest, sets).Expand()[0].Settings);
    }
}
