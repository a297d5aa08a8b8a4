using Descent.Studies;
using Descent.Studies.Definition;
using Descent.Studies.Lint;
using Descent.Studies.Statistics;
using Descent.Tests.Studies.Comparisons;

namespace Descent.Tests.Studies.Lint;

/// <summary>What results show.</summary>
public class LintRuleTests
{
    static readonly double[] good = [0.95, 0.952, 0.949], bad = [0.90, 0.903, 0.898];

    [Fact]
    public void FairResultsShowNothing() => Assert.Empty(Seen([.. MadeUpTrials.Of("sgd", 0.1, good), .. MadeUpTrials.Of("adam", 0.01, bad)]));

    [Fact]
    public void TheBestValueAtAnEdgeIsSeen()
    {
        TrialResult[] rising = [.. MadeUpTrials.Of("sgd", 0.1, bad), .. MadeUpTrials.Of("sgd", 0.2, bad), .. MadeUpTrials.Of("sgd", 0.4, good)];
        Assert.Equal("sgd: learning_rate 0.4 is the largest of 3.", Seen(rising)["best-at-edge"]);
        TrialResult[] inside = [.. MadeUpTrials.Of("sgd", 0.1, bad), .. MadeUpTrials.Of("sgd", 0.2, good), .. MadeUpTrials.Of("sgd", 0.4, bad)];
        Assert.DoesNotContain("best-at-edge", Seen(inside).Keys);
        TrialResult[] zero = [.. MadeUpTrials.Of("sgd", 0, good), .. MadeUpTrials.Of("sgd", 0.2, bad)];
        Assert.DoesNotContain("best-at-edge", Seen(zero).Keys);
    }

    [Fact]
    public void PlacesThatDifferAreSeen()
    {
        var place = new RunEnvironment("A machine", 2, 256, ".NET 10.0.1", "abc");
        TrialResult[] trials = [.. MadeUpTrials.Of("sgd", 0.1, good).Select(x => x with { Environment = place }), .. MadeUpTrials.Of("adam", 0.01, bad).Select(x => x with { Environment = place })];
        Assert.Empty(Seen(trials));
        Assert.Equal("2 versions of the code gave these results.", Seen(With(place with { Commit = "def" }))["mixed-code"]);
        Assert.Equal("vectors of 256 and 512 bits gave these results.", Seen(With(place with { VectorBits = 512 }))["mixed-code"]);
        Assert.Equal("2 places: A machine, 4 cores, .NET 10.0.1; A machine, 2 cores, .NET 10.0.1.", Seen(With(place with { Cores = 4 }))["mixed-machines"]);

        TrialResult[] With(RunEnvironment other) => [trials[0] with { Environment = other }, .. trials.Skip(1)];
    }

    [Fact]
    public void NeighboursAreSeen()
    {
        TrialResult[] alone = [.. MadeUpTrials.Of("sgd", 0.1, good), .. MadeUpTrials.Of("adam", 0.01, bad)];
        Assert.DoesNotContain("shared-machine", Seen([.. alone.Select(x => x with { TrialsBeside = 0 })]).Keys);
        Assert.Equal("On average 1.5 other trials ran beside each.", Seen([.. alone.Select(x => x with { TrialsBeside = 1.5 })])["shared-machine"]);
    }

    [Fact]
    public void TrialsThatHaveNotEndedAreSeen()
    {
        TrialResult[] trials = [.. MadeUpTrials.Of("sgd", 0.1, good), .. MadeUpTrials.Of("adam", 0.01, bad)];
        Assert.Equal("1 of 6 trials have no result.", Seen([trials[0] with { State = TrialState.Running }, .. trials.Skip(1)])["incomplete"]);
    }

    [Fact]
    public void SeedsThatDoNotSufficeAreSeen()
    {
        string seen = Seen([.. MadeUpTrials.Of("sgd", 0.1, 0.90, 0.98, 0.91), .. MadeUpTrials.Of("adam", 0.01, 0.97, 0.91, 0.98)])["few-seeds"];
        Assert.Matches(@"^sgd cannot be told from adam; the differences that were seen would need about \d+ seeds\.$", seen);
    }

    [Fact]
    public void SeedsThatHaveChosenAreSeen()
    {
        var plan = StudyFile.Parse("workload: digits-mlp\nvalidation: 100\nseeds: [1, 2, 3]\ntuned_by: t\noptimizers: [sgd: { learning_rate: 1 }, adam: { learning_rate: 0.1 }]", "s.yaml").Expand();
        Assert.Empty(LintCatalog.Check(new("s", plan) { IsTuned = true, TuningSeeds = [7, 8] }));
        Assert.Equal("Seeds 2, 3 have chosen the settings already.", Assert.Single(LintCatalog.Check(new("s", plan) { IsTuned = true, TuningSeeds = [2, 3, 9] })).Seen);
    }

    [Fact]
    public void EveryRuleHasACodeAReasonAndAFix()
    {
        Assert.Equal(LintCatalog.All.Count, LintCatalog.All.Select(rule => rule.Code).Concat(LintCatalog.RuledOut.Select(x => x.Code)).Distinct().Count() - LintCatalog.RuledOut.Count);
        Assert.All(LintCatalog.All, rule =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", rule.Code);
            Assert.EndsWith(".", rule.Reason);
            Assert.EndsWith(".", rule.Fix);
        });
    }

    [Theory]
    [InlineData("waive: [one-seeds]", "s.yaml, line 4: There is no confound \"one-seeds\". Did you mean \"one-seed\"? Known: ")]
    [InlineData("waive: [one-seed, one-seed]", "s.yaml, line 4: waive names \"one-seed\" twice.")]
    [InlineData("target_split: validation", "s.yaml, line 4: target_split is validation, but the study sets no images apart for it: validation: 5000.")]
    [InlineData("tuned_by: a b", "s.yaml, line 4: a study's name is letters, digits, \"-\", \"_\" and \".\", at most 100, got \"a b\".")]
    public void MistakesAreSaidWhereTheyStand(string line, string sentence) => Assert.StartsWith(sentence,
        Assert.Throws<BadInputException>(() => StudyFile.Parse($"workload: digits-mlp\nseeds: [1]\noptimizers: [sgd: {{ learning_rate: 1 }}]\n{line}\n", "s.yaml")).Message);

    [Fact]
    public void AWaiverIsKeptWithItsReason()
    {
        var study = StudyFile.Parse("workload: digits-mlp\nvalidation: 100\nseeds: [1]\nwaive: { one-seed: \"It: so.\" }\noptimizers: [sgd: { learning_rate: 1 }, adam: { learning_rate: 0.1 }]", "s.yaml");
        Assert.Equal([new Waiver("one-seed", "It: so.")], StudyFile.Parse(study.ToYaml(), "t.yaml").Waivers);
        var finding = Assert.Single(Descent.Studies.Results.StoredComparison.Findings(study));
        Assert.Equal(("one-seed", "It: so."), (finding.Rule.Code, finding.Waiver));
    }

    /// <summary>By code, of results alone: the plan has two optimizers that nothing is to be said of.</summary>
    static Dictionary<string, string> Seen(IReadOnlyList<TrialResult> results)
    {
        var plan = StudyFile.Parse("workload: digits-mlp\nvalidation: 100\nseeds: [0, 1, 2]\noptimizers: [sgd: { learning_rate: 1 }, adam: { learning_rate: 0.1 }]", "s.yaml").Expand();
        return LintCatalog.Check(new("s", plan) { Results = results }).ToDictionary(finding => finding.Rule.Code, finding => finding.Seen);
    }
}
