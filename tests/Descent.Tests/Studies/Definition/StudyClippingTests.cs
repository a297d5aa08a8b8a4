using Descent.Optimizers.Clipping;
using Descent.Studies.Definition;
using Descent.Studies.Running;

namespace Descent.Tests.Studies.Definition;

/// <summary>The keys clip, clip_norm and non_finite.</summary>
public class StudyClippingTests
{
    const string FourClippings = """
        workload: digits-mlp
        seeds: [0]
        clip: value
        non_finite: skip
        optimizers:
          - adam: { beta1: 0.1 }
          - adam: { beta1: 0.2 }
            clip: { name: percentile, percentile: 50 }
          - adam: { beta1: 0.3 }
            clip_norm: 0.5
          - adam: { beta1: 0.4 }
            clip: none
        """;

    [Fact]
    public void AnOptimizersOwnClippingStandsBeforeTheStudys()
    {
        var trials = StudyText.Parse(FourClippings).Expand();

        Assert.Equal(["clip=value(limit=0.1)", "clip=percentile(percentile=50, window=1000)", "clip=norm(limit=0.5)", "clip=none"],
            trials.Select(trial => string.Join(' ', trial.Told.Skip(1).Select(x => $"{x.Name}={x.Value}"))));
        Assert.Equal([new ClipByValue(), new ClipByPercentile(50), new ClipByNorm(0.5), null],
            trials.Select(trial => WorkloadTrainings.Settings(trial.Settings).Clipping));
        Assert.All(trials, trial => Assert.True(WorkloadTrainings.Settings(trial.Settings).SkipsNonFinite));
    }

    [Fact]
    public void WritingAndReadingGivesTheSameStudy()
    {
        var study = StudyText.Parse(FourClippings);
        var again = StudyFile.Parse(study.ToYaml(), "again.yaml");

        Assert.Equal(study.ToYaml(), again.ToYaml());
        Assert.Equal(study.Expand().Select(trial => (trial.Id, trial.Describe())), again.Expand().Select(trial => (trial.Id, trial.Describe())));
    }

    [Fact]
    public void EachKeyReplacesTheOtherOnTheCommandLine()
    {
        Assert.Equal(["norm(limit=2)", "percentile(percentile=50, window=1000)"], Clippings("clip_norm=2"));
        Assert.Equal(["value(limit=3)", "percentile(percentile=50, window=1000)"], Clippings("clip.limit=3"));
        Assert.Equal(["unit-wise(limit=0.01, epsilon=0.001)", "unit-wise(limit=0.01, epsilon=0.001)"], Clippings("optimizer.clip=unit-wise"));
        Assert.Equal("unit-wise(limit=0.01, epsilon=0.001)",
            StudyClipping.Short(StudyText.Parse(StudyText.Smallest + "\nclip_norm: 1", "clip=unit-wise").Clip));

        static IEnumerable<string> Clippings(string set) =>
            StudyText.Parse(FourClippings, set).Expand().Take(2).Select(trial => StudyClipping.Short(trial.Settings.Clip));
    }

    [Theory]
    [InlineData("clip: valeu", "valeu is not a clipping. Did you mean \"value\"? Known: norm, percentile, unit-wise, value.")]
    [InlineData("clip: 3", "3 is not a clipping. Known: norm, percentile, unit-wise, value.")]
    [InlineData("clip: [value]", "clip must be a name, or a name with values ({ name: percentile, percentile: 10 }), got a list.")]
    [InlineData("clip: { limit: 1 }", "clip needs the key \"name\", as in { name: percentile, percentile: 10 }.")]
    [InlineData("clip: { name: value, limt: 1 }", "value has no hyperparameter \"limt\". Did you mean \"limit\"? Known: limit.")]
    [InlineData("clip: { name: value, limit: -1 }", "value: limit must be positive, got -1.")]
    [InlineData("clip: { name: value, limit: high }", "value: limit must be a number, got high.")]
    [InlineData("non_finite: ignore", "non_finite \"ignore\" does not exist. Known: stop, skip.")]
    public void AMistakeIsSaidAtItsLine(string line, string message) =>
        Assert.Equal($"study.yaml, line 5: {message}", StudyText.Mistake($"{StudyText.Smallest}\n{line}"));

    [Fact]
    public void TwoClippingsAtOnceAreRefused() => Assert.Equal("study.yaml, line 6: gradients are clipped by clip or by clip_norm, not by both.",
        StudyText.Mistake($"{StudyText.Smallest}\nclip_norm: 1\nclip: value"));
}
