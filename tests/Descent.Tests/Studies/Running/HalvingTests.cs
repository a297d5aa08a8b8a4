using Descent.Data;
using Descent.Studies;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Studies.Storage;
using Descent.Tests.Studies.Definition;
using Descent.Tests.Studies.Storage;

namespace Descent.Tests.Studies.Running;

/// <summary>Successive halving on the digits: 9 settings of one rule and 4 of another at two seeds, rungs after epochs 1 and 3 of 5.</summary>
public sealed class HalvingTests : IDisposable
{
    const string Text = """
        name: halved
        workload: digits-mlp
        data: train:0-499
        validation: 100
        epochs: 5
        seeds: [0, 1]
        halving: { first: 1, factor: 3 }
        optimizers:
          - adam: { learning_rate: { from: 1e-4, to: 1, points: 9, scale: log } }
          - sgd: { learning_rate: [1e-3, 1e-2, 1e-1, 1] }
        """;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheBestThirdOfEachOptimizerGoesOn()
    {
        using var store = Open("a");
        var summary = Run(store, workers: 2);
        Assert.Equal((26, 0, 26, false), (summary.Total, summary.AlreadyDone, summary.Ended.Count(x => x.IsOver), summary.IsCancelled));
        var trials = store.Trials("halved");
        Assert.Equal([(1, 12), (3, 4), (5, 2)], Epochs(store, trials.Where(x => x.Label == "adam")));
        Assert.Equal([(1, 6), (5, 2)], Epochs(store, trials.Where(x => x.Label == "sgd")));
        Assert.All(trials, x => Assert.Equal(store.Epochs(x.Trial.Id)[^1].Epoch == 5 ? TrialState.Complete : TrialState.Pruned, x.Trial.State));
        Assert.All(trials, x => Assert.Equal(x.Trial.Steps, store.Steps(x.Trial.Id).Count));

        // By the numbers themselves, not by the code that chose.
        var after = trials.Where(x => x.Label == "adam").GroupBy(x => x.Told[0].Value)
            .Select(x => (Rate: x.Key, Mean: x.Average(y => store.Epochs(y.Trial.Id).Single(epoch => epoch.Epoch == 1).ValidationAccuracy), Last: x.Max(y => store.Epochs(y.Trial.Id)[^1].Epoch))).ToList();
        Assert.Equal(after.OrderByDescending(x => x.Mean).Take(3).Select(x => x.Rate).Order(), after.Where(x => x.Last > 1).Select(x => x.Rate).Order());
        var pruned = trials.First(x => x.Label == "adam" && x.Trial.State == TrialState.Pruned).Trial;
        Assert.Matches("^After epoch 1 its setting is number [4-9] of 9 by validation accuracy; 3 went on.$", pruned.Reason);
        Assert.Empty(Directory.GetFiles(CheckpointFolder.Beside(store.Location).Path, "step-*", SearchOption.AllDirectories));
        Assert.Empty(Run(store, workers: 2).Ended);
    }

    [Fact]
    public void AnyNumberOfWorkersAndAnyStopsGiveTheSameBits()
    {
        using var one = Open("one");
        _ = Run(one, workers: 1);
        string expected = StoreDump.Of(one, "halved");
        using var four = Open("four");
        _ = Run(four, workers: 4);
        Assert.Equal(expected, StoreDump.Of(four, "halved"));
        using var stopped = Open("stopped");
        for (int stop = 3; Run(stopped, workers: 2, stopAfter: stop).IsCancelled; stop += 4)
        {
            Assert.InRange(stop, 3, 100);
        }

        _ = Run(stopped, workers: 2);
        Assert.Equal(expected, StoreDump.Of(stopped, "halved"));
    }

    /// <summary>What it measured is the beginning of what the whole training measures, and a study without halving asks for all of it.</summary>
    [Fact]
    public void APrunedTrialIsTrainedOnForAStudyThatAsksForMore()
    {
        using var store = Open("a");
        _ = Run(store, workers: 2);
        var loss = store.Trials("halved").ToDictionary(x => x.Trial.Id, x => store.Steps(x.Trial.Id).Loss.ToArray());
        var whole = StudyText.Parse(Text.Replace("halving: { first: 1, factor: 3 }", "", StringComparison.Ordinal));
        Assert.Equal(22, Run(store, workers: 2, study: whole).Ended.Count);
        Assert.All(store.Trials("halved"), x => Assert.Equal((TrialState.Complete, 5), (x.Trial.State, store.Epochs(x.Trial.Id)[^1].Epoch)));
        Assert.All(loss, x => Assert.Equal(x.Value, store.Steps(x.Key).Loss.ToArray()[..x.Value.Length]));
        Assert.Empty(Run(store, workers: 2).Ended);
    }

    [Theory]
    [InlineData("halving={ first: 5 }", "--set halving={ first: 5 }: halving: first must be before the end of 5 epochs, got 5.")]
    [InlineData("halving={ factor: 1 }", "--set halving={ factor: 1 }: halving: factor must be a whole number of at least 2, got 1.")]
    [InlineData("halving={ rate: 2 }", "--set halving={ rate: 2 }: halving has no key \"rate\". Known: first, factor.")]
    [InlineData("halving=3", "--set halving=3: halving must be keys with values ({ first: 1, factor: 3 }), got 3.")]
    [InlineData("validation=0", "study.yaml, line 7: halving chooses by images for validation, and the study sets none apart: say validation: 10%.")]
    [InlineData("steps=100", "study.yaml, line 7: halving compares after whole epochs: all trials need one budget of epochs, and evaluations after each of them.")]
    [InlineData("epochs=[4, 5]", "study.yaml, line 7: halving compares after whole epochs: all trials need one budget of epochs, and evaluations after each of them.")]
    [InlineData("evaluate.every=100", "study.yaml, line 7: halving compares after whole epochs: all trials need one budget of epochs, and evaluations after each of them.")]
    public void WhatCannotBeComparedIsRefused(string set, string message) => Assert.Equal(message, StudyText.Mistake(Text, set));

    [Fact]
    public void ThePlanCountsWhatIsLeftOfTheBudget()
    {
        var study = StudyText.Parse(Text);
        Assert.Equal("{ first: 1, factor: 3 }", study.ToYaml().Split("halving: ")[1].Split('\n')[0]);
        var plan = StudyPlan.Of(study, Trainings(), null, RunnerFixture.Options);
        Assert.Equal(500L * ((12 * 1) + (4 * 3) + (2 * 5) + (6 * 1) + (2 * 5)), plan.Missing.TrainedImages);
    }

    static (int, int)[] Epochs(SqliteStudyStore store, IEnumerable<StudyTrial> trials) =>
        [.. trials.CountBy(x => store.Epochs(x.Trial.Id)[^1].Epoch).OrderBy(x => x.Key).Select(x => (x.Key, x.Value))];

    SqliteStudyStore Open(string name) => SqliteStudyStore.OpenOrCreate(folder[$"{name}.db"], TimeProvider.System);

    static WorkloadTrainings Trainings() => new(new DataFolder("unused"), TimeProvider.System);

    /// <param name="stopAfter">Trials that begin or go on before it is stopped as by Ctrl-C; null for none.</param>
    static RunSummary Run(SqliteStudyStore store, int workers, int? stopAfter = null, StudyDefinition? study = null)
    {
        using var source = new CancellationTokenSource();
        var progress = new RunProgress(TimeProvider.System);
        int begun = 0;
        progress.TrialStarted += _ =>
        {
            if (++begun == stopAfter)
            {
                source.Cancel();
            }
        };
        return new StudyRunner(new(store, CheckpointFolder.Beside(store.Location), Trainings(), TimeProvider.System, RunnerFixture.Options with { Workers = workers }))
            .Run(study ?? StudyText.Parse(Text), progress, source.Token);
    }
}
