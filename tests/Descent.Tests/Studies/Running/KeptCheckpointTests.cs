using Descent.Studies.Running;
using Descent.Training;

namespace Descent.Tests.Studies.Running;

/// <summary>Trials of six epochs of ten steps. The weight after a step is a function of seed and step alone.</summary>
public class KeptCheckpointTests
{
    /// <summary>The evaluation before the first step does not count, and of equal epochs the first is the best.</summary>
    static readonly double[] accuracies = [0.99, 0.5, 0.7, 0.6, 0.8, 0.8, 0.3];

    [Fact]
    public void TheBestTheLastAndThoseAskedForStay()
    {
        using var fixture = new RunnerFixture("epochs=6", "checkpoints=[2, 5]");
        _ = fixture.Run(Trainings());

        Assert.Equal(["best", "epoch-000002", "epoch-000005", "final"], Files(fixture));
        Assert.Equal([40, 20, 50, 60], StepsOf(fixture));
        Assert.Equal([2, 5], fixture.Checkpoints.Epochs(fixture.Trials[0].Id));
        Assert.Equal(WeightAfter(40), Weight(fixture.Checkpoints.BestFile(fixture.Trials[0].Id)));
        Assert.Equal(WeightAfter(20), Weight(fixture.Checkpoints.EpochFile(fixture.Trials[0].Id, 2)));
        Assert.Equal(WeightAfter(60), Weight(fixture.Checkpoints.FinalFile(fixture.Trials[0].Id)));
    }

    /// <summary>Every file that stays has the state; without it none has.</summary>
    [Theory]
    [InlineData("state", true)]
    [InlineData("keep", false)]
    public void TheOptimizersStateStaysWhereItIsAskedFor(string kept, bool hasState)
    {
        using var fixture = new RunnerFixture("epochs=6", "checkpoints=2", $"final_checkpoint={kept}");
        _ = fixture.Run(Trainings());

        string id = fixture.Trials[0].Id;
        Assert.Equal(["best", "epoch-000002", "final"], Files(fixture));
        Assert.All(((string[])[fixture.Checkpoints.BestFile(id), fixture.Checkpoints.EpochFile(id, 2), fixture.Checkpoints.FinalFile(id)]).Select(CheckpointFile.Read), checkpoint =>
            Assert.Equal(hasState, checkpoint.Arrays.Any(array => array.Name == "optimizer.momentum.weight")));
        Assert.Contains($"final_checkpoint: {kept}", fixture.Study.ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutImagesForValidationThereIsNoBest()
    {
        using var fixture = new RunnerFixture("epochs=6");
        _ = fixture.Run(new FakeTrainings());

        Assert.Equal(["final"], Files(fixture));
    }

    [Fact]
    public void WhereTheFinalOnesAreDeletedTheBestIsTooAndThoseAskedForStay()
    {
        using var fixture = new RunnerFixture("epochs=6", "checkpoints=2", "final_checkpoint=delete");
        _ = fixture.Run(Trainings());

        Assert.Equal(["epoch-000002"], Files(fixture));
    }

    [Fact]
    public void ADivergedTrialKeepsItsBest()
    {
        using var fixture = new RunnerFixture("epochs=6");
        _ = fixture.Run(Trainings(divergesAt: 35));

        Assert.Equal(["best"], Files(fixture));
        Assert.Equal([20], StepsOf(fixture));
    }

    /// <summary>Stopped while the best epoch is an earlier one, is the last one, and is still to come.</summary>
    [Theory]
    [InlineData(15)]
    [InlineData(25)]
    [InlineData(39)]
    [InlineData(41)]
    [InlineData(58)]
    public void AStopChangesNothing(long step)
    {
        using var fixture = new RunnerFixture("epochs=6", "checkpoints=[2, 5]");
        using var source = new CancellationTokenSource();
        var options = RunnerFixture.Options;
        _ = new StudyRunner(new(fixture.Store, fixture.Checkpoints, Trainings(before: now => Stop(now, step, source)), fixture.Time, options))
            .Run(fixture.Study, new(fixture.Time), source.Token);
        Assert.Contains(Files(fixture), name => name!.StartsWith("step-", StringComparison.Ordinal));

        _ = fixture.Run(Trainings());

        Assert.Equal(["best", "epoch-000002", "epoch-000005", "final"], Files(fixture));
        Assert.Equal([40, 20, 50, 60], StepsOf(fixture));
    }

    /// <summary>What the damaged file held is not made up for by a worse epoch.</summary>
    [Fact]
    public void AfterADamagedBestOnlyABetterOneIsTheBest()
    {
        using var fixture = new RunnerFixture("epochs=6");
        using var source = new CancellationTokenSource();
        _ = new StudyRunner(new(fixture.Store, fixture.Checkpoints, Trainings(before: now => Stop(now, 45, source)), fixture.Time, RunnerFixture.Options))
            .Run(fixture.Study, new(fixture.Time), source.Token);
        File.Delete(fixture.Checkpoints.BestFile(fixture.Trials[0].Id));

        _ = fixture.Run(Trainings());

        Assert.Equal(["final"], Files(fixture));
    }

    [Fact]
    public void ADamagedCheckpointIsThrownAwayAndTheNewestIsThatBeforeIt()
    {
        using var fixture = new RunnerFixture("epochs=6");
        fixture.RunUntil(seed: 0, step: 45);
        string trial = fixture.Trials[0].Id, newest = fixture.Checkpoints.Files(trial)[0];
        Assert.Equal(newest, fixture.Checkpoints.Latest(trial));
        File.WriteAllText(newest, "damaged");
        Assert.Equal(fixture.Checkpoints.Files(trial)[1], fixture.Checkpoints.Latest(trial));

        int files = 0;
        _ = fixture.Run(Trainings(before: step => files = step == 42 ? fixture.Checkpoints.Files(trial).Count : files));

        Assert.Equal(1, files);
    }

    static FakeTrainings Trainings(long? divergesAt = null, Action<long>? before = null) => new()
    {
        ValidationAccuracy = epoch => accuracies[epoch],
        DivergesAt = _ => divergesAt,
        BeforeStep = (_, step) => before?.Invoke(step),
    };

    static void Stop(long now, long step, CancellationTokenSource source)
    {
        if (now == step)
        {
            source.Cancel();
        }
    }

    static IEnumerable<string?> Files(RunnerFixture fixture) =>
        Paths(fixture).Select(Path.GetFileNameWithoutExtension);

    static IEnumerable<long> StepsOf(RunnerFixture fixture) => Paths(fixture).Select(file => CheckpointFolder.TryRead(file)!.Step);

    static IEnumerable<string> Paths(RunnerFixture fixture) =>
        Directory.GetFiles(Path.Combine(fixture.Checkpoints.Path, fixture.Trials[0].Id)).Order(StringComparer.Ordinal);

    static double Weight(string file) => CheckpointFile.Read(file).Arrays.Single(array => array.Name == "weight").Values<double>()[0];

    static double WeightAfter(long steps)
    {
        double weight = 0;
        for (long step = 1; step <= steps; step++)
        {
            weight = Math.Cos(weight + step);
        }

        return weight;
    }
}
