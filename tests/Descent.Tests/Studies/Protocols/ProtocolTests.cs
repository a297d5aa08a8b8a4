using Descent.Optimizers;
using Descent.Studies.Comparisons;
using Descent.Studies.Definition;
using Descent.Studies.Pictures.Comparing;
using Descent.Studies.Protocols;
using Descent.Studies.Results;
using Descent.Studies.Statistics;
using Descent.Tests.Studies.Comparisons;

namespace Descent.Tests.Studies.Protocols;

public class ProtocolTests
{
    public static TheoryData<string> Names => [.. ProtocolFile.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void ItsStudiesAreFair(string name)
    {
        var protocol = ProtocolFile.Find(name)!;
        Assert.Equal(name, protocol.Name);
        Assert.EndsWith("?", protocol.Question);
        foreach (string workload in protocol.Workloads)
        {
            var tuning = protocol.Tuning(workload);
            Assert.Equal(protocol.Labels.Count * protocol.Trials * protocol.TuningSeeds.Count, tuning.Expand().Count);
            Assert.Empty(StoredComparison.Findings(tuning).Where(finding => !finding.IsWaived).Select(finding => finding.Seen));
            var compared = protocol.Compared(workload, [.. tuning.Expand().Select(Trial)]);
            Assert.Equal($"{name}.{workload}.tuning", compared.TunedBy);
            Assert.Equal("validation", compared.TargetSplit);
            Assert.Equal(protocol.Labels.Count * protocol.Seeds.Count, compared.Expand().Count);
            Assert.Empty(StoredComparison.Findings(compared).Where(finding => !finding.IsWaived).Select(finding => finding.Seen));
        }

        Assert.Empty((protocol.Baselines?.Plan() ?? []).SelectMany(StoredComparison.Findings).Where(finding => !finding.IsWaived).Select(finding => finding.Seen));
        Assert.True(ProtocolFile.Find(name, form: StudyForm.Quick) is { } quick && quick.Seeds.Count < protocol.Seeds.Count && quick.Name == $"{name}-quick");
    }

    [Fact]
    public void TheBestPointByValidationIsCompared()
    {
        var protocol = ProtocolFile.Find("protocol-small")!;
        var trials = protocol.Tuning("digits-mlp").Expand();
        var best = trials.Where(trial => trial.Label == "lion").ElementAt(3);

        var compared = protocol.Compared("digits-mlp", [.. trials.Select(trial => Trial(trial) is var result && trial == best ? MadeUp(trial, 0.1, 0.9) : Trial(trial))]);

        Assert.Equal(best.Settings.Hyperparameters, compared.Expand().First(trial => trial.Label == "lion").Settings.Hyperparameters);
        Assert.NotEqual(best.Settings.Seed, compared.Expand()[0].Settings.Seed);
    }

    /// <summary>Points lie in the rule's space and come from the split seed alone; what an entry gives is not searched.</summary>
    [Fact]
    public void PointsLieInTheSpaceOfTheRule()
    {
        var trials = ProtocolFile.Find("protocol")!.Tuning("cifar10-cnn").Expand();
        foreach (var trial in trials)
        {
            var space = OptimizerCatalog.Default.Find(trial.Settings.Optimizer).Hyperparameters.Where(x => x.Searched is not null).ToList();
            Assert.NotEmpty(space);
            Assert.All(space, x => Assert.InRange(TrialKeys.Number(trial.Settings.Hyperparameters.First(y => y.Name == x.Name).Value)!.Value, x.Searched!.From, x.Searched.To));
        }

        Assert.All(trials.Where(trial => trial.Label == "nesterov"), trial => Assert.Equal("true", trial.Settings.Hyperparameters.First(x => x.Name == "nesterov").Value));
        Assert.Equal(trials.Select(trial => trial.Id), ProtocolFile.Find("protocol")!.Tuning("cifar10-cnn").Expand().Select(trial => trial.Id));
        Assert.Equal(5, trials.Where(trial => trial.Label == "adam").Select(trial => trial.Settings.LearningRate).Distinct().Count());
    }

    [Theory]
    [InlineData(0, 0.8)]
    [InlineData(0.5, 0.9367544467966324)]
    [InlineData(1, 0.98)]
    public void FractionsNearOneAreSpreadByTheirDistanceFromIt(double share, double value) =>
        Assert.Equal(value, new SearchedAttribute(0.8, 0.98) { IsComplement = true }.At(share), 1e-15);

    [Fact]
    public void RatesAreSpreadByFactors() => Assert.Equal(1e-2, new SearchedAttribute(1e-3, 1e-1).At(0.5), 1e-15);

    [Theory]
    [InlineData("tuning: { trials: 2, seeds: [1] }", "p.yaml, line 5: the tuning seeds must not be compared, got 1 in both.")]
    [InlineData("tuning: { trials: 2 }", "p.yaml, line 5: tuning needs seeds of its own, as in tuning: { trials: 5, seeds: [1000] }.")]
    [InlineData("tunin: 1", "p.yaml, line 5: A protocol has no key \"tunin\".")]
    [InlineData("tuning: { trials: 2, seeds: [9] }\nextra: 1", "p.yaml, line 6: A protocol has no key \"extra\".")]
    [InlineData("tuning: { trials: 2, seeds: [9] }\ntargets: { tuning: { trials: 1, seeds: [8] }, seeds: [2, 3], optimizers: [adamw] }", "p.yaml, line 6: the seeds of targets must not be compared, got 2 in both.")]
    [InlineData("tuning: { trials: 2, seeds: [9] }\ntargets: { seeds: [3], optimizers: [adamw] }", "p.yaml, line 6: a protocol needs the key \"tuning\".")]
    [InlineData("tuning: { trials: 2, seeds: [9] }\ntargets: { epochs: 3 }", "p.yaml, line 6: targets has no key \"epochs\".")]
    public void MistakesAreSaidWhereTheyStand(string line, string sentence)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["p.yaml"], $"name: p\nworkloads: [{{ workload: digits-mlp, validation: 100 }}]\nseeds: [1, 2]\noptimizers: [adam, lion]\n{line}\n");
        Assert.Contains(sentence, Assert.Throws<BadInputException>(() => ProtocolFile.Find(folder["p.yaml"])).Message);
    }

    /// <summary>Medians 0.9 of a and 0.92 of b, whose diverged training counts with what it had reached; c has no result.</summary>
    [Fact]
    public void TheTargetIsTheBestMedianOfTheBaselines()
    {
        double[] a = [0.5, 0.9, 0.99], b = [0.91, 0.93, 0.95];
        TrialResult[] trials =
        [
            .. a.Select((best, seed) => MadeUpTrials.Trial("a", 0.1, (ulong)seed, 0.1, best)), .. b.Select((best, seed) => MadeUpTrials.Trial("b", 0.1, (ulong)seed, 0.1, best)),
            MadeUpTrials.Trial("b", 0.1, 3, 0.1, 0.3), MadeUpTrials.Trial("c", 0.1, 0, 1, 1) with { State = Descent.Studies.TrialState.Failed },
        ];

        Assert.Equal(new BaselineTarget(0.92, "b", 4), BaselineTarget.Of("w", trials));
        Assert.Equal(0.966666, BaselineTarget.Of("w", [MadeUpTrials.Trial("a", 0.1, 0, 0.1, 29 / 30.0)]).Value);
        Assert.Equal("w has no target: no baseline has a validation accuracy; give one, as in target: 0.9.", Assert.Throws<BadInputException>(() => BaselineTarget.Of("w", [trials[^1]])).Message);
    }

    /// <summary>Only workloads without a target are given one, and a protocol with all of them runs no baselines.</summary>
    [Fact]
    public void BaselinesRunWhereATargetIsMissing()
    {
        var protocol = ProtocolFile.Find("protocol")!;
        Assert.Equal(("protocol-targets", 4 * ((20 * 1) + 10)), (protocol.Baselines!.Name, protocol.Baselines.TrialsPerWorkload));
        Assert.Equal(protocol.Workloads, protocol.Baselines.Workloads);
        var some = protocol.At("cifar10-cnn", 0.75);
        Assert.Equal(protocol.Workloads.Skip(1), some.Baselines!.Workloads);
        Assert.Equal(0.75, some.Tuning("cifar10-cnn").Target);
        Assert.Equal(protocol.Tuning("cifar10-cnn").Expand().Select(trial => trial.Id), some.Tuning("cifar10-cnn").Expand().Select(trial => trial.Id));
        Assert.Null(protocol.Workloads.Aggregate(protocol, (before, workload) => before.At(workload, 0.5)).Baselines);
        Assert.Null(ProtocolFile.Find("protocol-small")!.Baselines);
        var quick = ProtocolFile.Find("protocol", form: StudyForm.Quick)!.Baselines!;
        Assert.Equal(("protocol-quick-targets", 4 * (2 + 2)), (quick.Name, quick.TrialsPerWorkload));
    }

    [Fact]
    public void ARuleWithoutASpaceIsRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["p.yaml"], "name: p\nworkloads: [{ workload: digits-mlp, validation: 100 }]\nseeds: [1, 2]\ntuning: { trials: 2, seeds: [9] }\noptimizers: [adam, lbfgs]\n");
        Assert.Contains("lbfgs has no search space", Assert.Throws<BadInputException>(() => ProtocolFile.Find(folder["p.yaml"])).Message);
        Assert.Null(ProtocolFile.Find("quickstart"));
    }

    /// <summary>Of two workloads: times in steps to a validation accuracy of 0.9, which a trial meets at an evaluation.</summary>
    [Fact]
    public void ScoresAreThoseOfTheRatios()
    {
        var (fast, slow) = (Comparison(("a", 0.99), ("b", 0.96)), Comparison(("a", 0.95), ("b", 0.5)));
        var protocol = new ProtocolComparison("p", [("one", fast), ("two", slow)]);

        // On "one" a is at 0.9 or above from step 100 on, b from step 300; on "two" a from 300, b never.
        Assert.Equal([1.0, 1], protocol.Profiles[0].Ratios);
        Assert.Equal(double.PositiveInfinity, protocol.Profiles[1].Ratios[1]);
        Assert.Equal(1, protocol.Profiles[0].Score);
        Assert.Equal(protocol.Profiles[1].Ratios[0] > 1 ? (4 - protocol.Profiles[1].Ratios[0]) / 6 : 0.5, protocol.Profiles[1].Score, 1e-12);
        Assert.All(protocol.ScoreIntervals, interval => Assert.Null(interval));

        // Six problems, three seeds of each workload: a is the fastest at all, b is never nearer than 2 and misses half.
        var profiles = ProfileFigure.Profiles(["a", "b"], [fast, slow]);
        Assert.Equal([1.0, 1, 1, 1, 1, 1], profiles[0].Ratios);
        Assert.Equal(6, profiles[1].Ratios.Count);
        Assert.Equal(3, profiles[1].Ratios.Count(double.IsInfinity));
        Assert.Equal(2, ProfileFigure.Of(protocol).Data.Count);
    }

    /// <summary>While it runs, a workload may have too little to be compared.</summary>
    [Fact]
    public void WhatCannotBeComparedYetIsSaidBesideTheRest()
    {
        var protocol = new ProtocolComparison("p", [("one", Comparison(("a", 0.99), ("b", 0.96)))]) { Left = [("two", "p.two cannot be compared: no trial is complete yet.")] };
        Assert.Matches(@"^one: No winner: a has .*\ntwo: p\.two cannot be compared: no trial is complete yet\.$", ProtocolPage.Of(protocol)[0].Text);
        Assert.Equal("Scores over 1 workload", ProtocolPage.Of(protocol)[1].Title);
    }

    /// <summary>Against numpy after the published definition (Golden/algoperf.py): five submissions, eight workloads, three studies of five trials.</summary>
    [Fact]
    public void TunedScoresAreThoseOfAlgoPerf()
    {
        string[][] rows = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Studies", "Statistics", "Golden", "algoperf.tsv")).Select(line => line.Split('\t'))];
        double[][][] times = [.. rows.Select(row => row[1].Split(';').Select(study => study.Split(',').Select(text => text == "inf" ? double.PositiveInfinity : Number(text)).ToArray()).ToArray())];

        var protocol = new ProtocolComparison("p", [.. Enumerable.Range(0, 8).Select(workload => ($"w{workload}", Descent.Studies.Comparisons.Comparison.Of(
            new("s", [.. times.SelectMany((submission, place) => submission.Skip(3 * workload).Take(3).SelectMany((study, seed) => study.Select((time, point) => Timed($"o{place}", point, (ulong)seed, time))))])
            {
                Target = 0.9,
                TargetSplit = HeldOut.Validation,
            })))]);

        Assert.Equal(rows.Select(row => Number(row[0])), protocol.TuningProfiles.Select(profile => profile.Score), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(3, protocol.TuningSeeds);
        Assert.Equal(["o0", "o1", "o2", "o3", "o4"], protocol.Labels);

        static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Meets a validation accuracy of 0.9 at a step, or ends at 2000 without.</summary>
    static TrialResult Timed(string optimizer, int point, ulong seed, double time) => MadeUpTrials.Trial(optimizer, point + 1, seed, 0.5) with
    {
        Epochs =
        [
            new(0, 0, 1, 0, 1, 0.1) { ValidationAccuracy = 0.1 }, .. double.IsInfinity(time) ? (EpochPoint[])[] : [new(1, (long)time, 1, 0, 1, 0.4) { ValidationAccuracy = 0.95 }],
            new(2, 2000, 1, 0, 1, 0.5) { ValidationAccuracy = 0.2 },
        ],
    };

    static Comparison Comparison(params (string Label, double Final)[] optimizers) => Descent.Studies.Comparisons.Comparison.Of(
        new("s", [.. optimizers.SelectMany(x => Enumerable.Range(0, 3).Select(seed => MadeUpTrials.Trial(x.Label, 0.1, (ulong)seed, x.Final + (0.001 * seed), x.Final)))])
        {
            Target = 0.9,
            TargetSplit = HeldOut.Validation,
        });

    static TrialResult Trial(PlannedTrial trial) => MadeUp(trial, 0.9, 0.5);

    static TrialResult MadeUp(PlannedTrial trial, double test, double validation) =>
        MadeUpTrials.Trial(trial.Label, 0.1, trial.Settings.Seed, test, validation) with { Settings = trial.Told };
}
