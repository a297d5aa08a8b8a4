using Descent.Studies;
using Descent.Studies.Definition;
using Descent.Studies.Statistics;
using Descent.Tests.Studies.Definition;

namespace Descent.Tests.Studies.Statistics;

public class SettingMatchTests
{
    const string Study = """
        workload: digits-mlp
        seeds: [0, 1]
        match: { to: "the \"other\"", within: 0.04 }
        optimizers:
          - adam
          - sgd: { learning_rate: 0.1 }
            label: the "other"
        """;

    [Fact]
    public void TheNearestComesFirst()
    {
        var summary = StudySummary.From([
            .. Seeds("sgd", "100", 0.42, 0.44), .. Seeds("momentum", "100", 0.50, 0.54), .. Seeds("sgd", "500", 0.49, 0.53), .. Seeds("sgd", "900", 0.55, 0.59),
            Trial("sgd", "1000", 0, 0.52) with { State = TrialState.Diverged }]);

        var (to, others) = SettingMatch.Find(summary, new("momentum", 0.04))!.Value;

        Assert.Equal(0.52, to.Accuracy.Mean, 1e-12);
        Assert.Equal(["sgd batch_size=500", "sgd batch_size=900", "sgd batch_size=100"], others.Select(one => one.Setting.Label));
        Assert.Equal([-0.01, 0.05, -0.09], others.Select(one => Math.Round(one.Difference, 12)));
        // Two seeds 0.04 apart: variance 0.0008 each, over two seeds each.
        Assert.Equal(Math.Sqrt(0.0008), others[0].StandardError!.Value, 1e-12);
    }

    [Fact]
    public void WithoutTheOtherThereIsNothingToCompare()
    {
        Assert.Null(SettingMatch.Find(StudySummary.From(Seeds("sgd", "100", 0.42, 0.44)), new("momentum", 0.04)));
        Assert.Null(SettingMatch.Find(StudySummary.From(Seeds("momentum", "100", 0.42, 0.44)), new("momentum", 0.04)));
    }

    [Fact]
    public void AStudyAsksForItAndIsWrittenWithIt()
    {
        var study = StudyText.Parse(Study);
        Assert.Equal(new StudyMatch("the \"other\"", 0.04), study.Match);
        Assert.Equal(study.Match, StudyText.Parse(study.ToYaml()).Match);
        Assert.Equal("--set match={ to: adamw, within: 0.04 }: no optimizer has the label \"adamw\". Did you mean \"adam\"? Known: adam, the \"other\".",
            StudyText.Mistake(Study, "match={ to: adamw, within: 0.04 }"));
        Assert.EndsWith("match: within must lie between 0 and 1, got 4.", StudyText.Mistake(Study, "match={ to: adam, within: 4 }"));
        Assert.EndsWith("match needs the key \"within\": a difference of accuracies, as in 0.04.", StudyText.Mistake(Study, "match={ to: adam }"));
    }

    static IEnumerable<TrialResult> Seeds(string optimizer, string batch, params double[] accuracies) =>
        accuracies.Select((accuracy, seed) => Trial(optimizer, batch, (ulong)seed, accuracy));

    static TrialResult Trial(string optimizer, string batch, ulong seed, double accuracy) => new()
    {
        Id = $"{optimizer}{batch}{seed}",
        Optimizer = optimizer,
        Settings = [new("batch_size", batch)],
        Seed = seed,
        State = TrialState.Complete,
        Epochs = [new(0, 0, 2.3, 0.1, 2.3, 0.1), new(1, 60, 1, accuracy, 1, 0.3)],
    };
}
