using Descent.Studies;
using Descent.Studies.Definition;
using Descent.Studies.Lint;
using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Pairs;
using Descent.Tests.Studies.Comparisons;

namespace Descent.Tests.Studies.Lint;

/// <summary>Where each rule begins and ends to see something.</summary>
public class LintBoundaryTests
{
    const string Two = "optimizers: [sgd: { learning_rate: 1 }, adam: { learning_rate: 0.1 }]";

    static readonly double[] good = [0.95, 0.952, 0.949], bad = [0.90, 0.903, 0.898];

    /// <summary>The points of a search have an extreme one by chance.</summary>
    [Fact]
    public void TheEdgeOfASearchIsNone()
    {
        TrialResult[] grid = [.. MadeUpTrials.Of("sgd", 0.1, bad), .. MadeUpTrials.Of("sgd", 0.2, bad), .. MadeUpTrials.Of("sgd", 0.4, good)];
        Assert.Contains("best-at-edge", Seen(grid));
        Assert.DoesNotContain("best-at-edge", Seen([.. grid.Select(x => x with { Settings = [x.Settings[0], new("momentum", $"0.{x.Settings[0].Value[^1]}")] })]));
    }

    /// <summary>By validation the best lies inside, by test at the edge.</summary>
    [Fact]
    public void TheBestIsToldByTheImagesThatChoose()
    {
        double[] validation = [0.8, 0.9, 0.7], test = [0.8, 0.85, 0.9];
        var trials = Enumerable.Range(0, 9).Select(i => MadeUpTrials.Trial("sgd", 0.1 * (1 << (i / 3)), (ulong)(i % 3), test[i / 3], validation[i / 3])).ToList();
        Assert.DoesNotContain("best-at-edge", Seen(trials));
    }

    [Theory]
    [InlineData("optimizers: [adamw: { learning_rate: 1e-3 }, adamw: { learning_rate: 1e-2, beta1: 0.8 }]", false)]
    [InlineData("optimizers: [adamw: { learning_rate: 1e-3 }, adam: { learning_rate: 1e-2 }]", true)]
    [InlineData("optimizers: [adamw: { learning_rate: 1e-3, weight_decay: 0.01 }, adam: { learning_rate: 1e-2 }]", false)]
    public void EqualDecaysDoNotDiffer(string optimizers, bool isSeen)
    {
        string labelled = optimizers.Replace("adamw: { learning_rate: 1e-2, beta1: 0.8 }", "{ adamw: { learning_rate: 1e-2, beta1: 0.8 }, label: other }", StringComparison.Ordinal);
        Assert.Equal(isSeen, Codes(Plan($"validation: 100\nseeds: [0, 1, 2]\n{labelled}")).Contains("decay-differs"));
    }

    /// <summary>Muon takes neither the first layer nor the last: a net of two layers leaves it nothing. A wrapped one is seen too, and a group gives it none.</summary>
    [Theory]
    [InlineData("optimizers: [muon, sgd]", "muon moves nothing of digits-mlp, adamw moves all.")]
    [InlineData("optimizers: [ema+muon, sgd]", "ema+muon moves nothing of digits-mlp, adamw moves all.")]
    [InlineData("groups: [ { is: bias, learning_rate: 1 } ]\noptimizers: [muon, sgd]", "muon moves nothing of digits-mlp, adamw moves all.")]
    [InlineData("optimizers: [adamw, sam+sgd]", null)]
    [InlineData("model: { hidden: [8, 8] }\noptimizers: [muon, sgd]", null)]
    [InlineData("model: { hidden: [[8], [8, 8]] }\noptimizers: [muon]", "muon moves nothing of digits-mlp, adamw moves all.")]
    public void ARuleThatMovesNothingIsSeen(string optimizers, string? seen) => Assert.Equal(seen,
        LintCatalog.Check(new("s", Plan($"validation: 100\nseeds: [0, 1, 2]\n{optimizers}"))).FirstOrDefault(x => x.Rule.Code == "rule-moves-nothing")?.Seen);

    [Theory]
    [InlineData("[0, 1]", true)]
    [InlineData("[0, 1, 2]", false)]
    [InlineData("[0]", false)]
    public void TwoSeedsAreFewBeforeAnythingIsKnown(string seeds, bool isSeen) => Assert.Equal(isSeen, Codes(Plan($"validation: 100\nseeds: {seeds}\n{Two}")).Contains("few-seeds"));

    /// <summary>A tie is an answer, for which the seeds sufficed.</summary>
    [Fact]
    public void ATieNeedsNoMoreSeeds() => Assert.DoesNotContain("few-seeds",
        Seen([.. MadeUpTrials.Of("sgd", 1, 0.9501, 0.9499, 0.9502, 0.9498), .. MadeUpTrials.Of("adam", 0.1, 0.9500, 0.9501, 0.9501, 0.95)]));

    /// <summary>At the level of all three pairs.</summary>
    [Fact]
    public void TheSeedsNeededAreThoseAfterCorrection()
    {
        TrialResult[] trials = [.. MadeUpTrials.Of("sgd", 1, 0.90, 0.93, 0.91), .. MadeUpTrials.Of("adam", 0.1, 0.92, 0.93, 0.94), .. MadeUpTrials.Of("lion", 0.1, 0.2, 0.21, 0.19)];
        var difference = SampleStatistics.Of([0.02, 0.0, 0.03]);
        int needed = SeedPower.Needed(difference.Mean, difference.StandardDeviation!.Value, 0.05 / 3)!.Value;
        string seen = LintCatalog.Check(new("s", Plan($"validation: 100\nseeds: [0, 1, 2]\n{Two}")) { Results = trials }).Single(x => x.Rule.Code == "few-seeds").Seen;
        Assert.Equal($"sgd cannot be told from adam; the differences that were seen would need about {needed} seeds.", seen);
    }

    [Fact]
    public void NothingYetIsNotIncomplete() => Assert.DoesNotContain("incomplete",
        Seen([.. MadeUpTrials.Of("sgd", 1, good).Concat(MadeUpTrials.Of("adam", 0.1, bad)).Select(x => x with { State = TrialState.Waiting })]));

    [Fact]
    public void TunedStudiesNeedNoValidation()
    {
        var plan = Plan($"seeds: [0, 1, 2]\n{Two}");
        Assert.Contains("no-validation", Codes(plan));
        Assert.DoesNotContain("no-validation", LintCatalog.Check(new("s", plan) { IsTuned = true }).Select(x => x.Rule.Code));
    }

    /// <summary>Twice the batch for twice the epochs are as many steps.</summary>
    [Theory]
    [InlineData(2, 4, false)]
    [InlineData(2, 3, true)]
    public void EpochsThatGrowWithTheBatchAreEqualSteps(int first, int second, bool isSeen) => Assert.Equal(isSeen, Codes(
        [.. Plan($"validation: 100\nbatch_size: 32\nepochs: {first}\nseeds: [0, 1, 2]\n{Two}"), .. Plan($"validation: 100\nbatch_size: 64\nepochs: {second}\nseeds: [0, 1, 2]\n{Two}")]).Contains("unequal-steps"));

    [Theory]
    [InlineData("workload: cifar10-simple-cnn", "cifar10-simple-cnn divides by the per-image deviation.")]
    [InlineData("workload: cifar10-simple-cnn\nnormalization: pixel-std", null)]
    [InlineData("workload: cifar10-simple-cnn\nnormalization: [pixel-std, per-image-std]", "cifar10-simple-cnn divides by the per-image deviation.")]
    [InlineData("workload: cifar10-cnn", null)]
    [InlineData("workload: cifar10-cnn\nnormalization: per-image-std", "cifar10-cnn divides by the per-image deviation.")]
    public void ADeviationThatIsNotThePixelsIsSeenWhereverItComesFrom(string lines, string? seen) =>
        Assert.Equal(seen, LintCatalog.Check(new("s", StudyFile.Parse($"{lines}\nseeds: [0]\noptimizers: [adam]", "s.yaml").Expand()))
            .FirstOrDefault(x => x.Rule.Code == "per-image-std")?.Seen);

    [Theory]
    [InlineData("order: file", "The optimizers differ in order.")]
    [InlineData("initialization: he", "The optimizers differ in initialization.")]
    [InlineData("precision: float64", "The optimizers differ in precision.")]
    [InlineData("normalization: half", "The optimizers differ in normalization.")]
    [InlineData("seeds: [0, 1, 3]", "sgd has the seeds 0, 1, 2, adam others.")]
    [InlineData("seeds: [0, 1, 2]", null)]
    public void WhatASeedDoesNotShareIsSeen(string line, string? seen)
    {
        string seeds = line.StartsWith("seeds", StringComparison.Ordinal) ? "" : "seeds: [0, 1, 2]\n";
        var plan = Plan("validation: 100\nseeds: [0, 1, 2]\noptimizers: [sgd: { learning_rate: 1 }]").Concat(Plan($"validation: 100\n{seeds}{line}\noptimizers: [adam: {{ learning_rate: 0.1 }}]")).ToList();
        Assert.Equal(seen, LintCatalog.Check(new("s", plan)).FirstOrDefault(x => x.Rule.Code == "unpaired-streams")?.Seen);
    }

    static IReadOnlyList<PlannedTrial> Plan(string lines) => StudyFile.Parse($"name: s\nworkload: digits-mlp\n{lines}\n", "s.yaml").Expand();

    static string[] Codes(IReadOnlyList<PlannedTrial> plan) => [.. LintCatalog.Check(new("s", plan)).Select(x => x.Rule.Code)];

    static string[] Seen(IReadOnlyList<TrialResult> results) =>
        [.. LintCatalog.Check(new("s", Plan($"validation: 100\nseeds: [0, 1, 2]\n{Two}")) { Results = results }).Select(x => x.Rule.Code)];
}
