using Descent.Data;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Tensors.Kernels;
using Descent.Tests.Training;

namespace Descent.Tests.Studies.Definition;

public class StudyGroupsTests
{
    const string Groups = "groups=[ { is: [bias, normalization], weight_decay: 0 }, { names: \"fc2.*\", ranks: 2, learning_rate: 0.5 } ]";

    [Fact]
    public void AGroupsValuesMoveItsParametersAlone()
    {
        const string Plain = "workload: digits-mlp\nseeds: [0]\nsteps: 3\norder: file\nprecision: float64\noptimizers:\n  - sgd: { learning_rate: 0.1 }";
        var (plain, grouped) = (Weights(Plain), Weights(Plain, "groups=[ { names: \"fc2.*\", is: weight, learning_rate: 1e-300 } ]"));
        var start = Weights(Plain, "optimizer.learning_rate=1e-300");
        Assert.Equal(start["fc2.weight"], grouped["fc2.weight"]);
        Assert.NotEqual(start["fc2.bias"], grouped["fc2.bias"]);
        Assert.NotEqual(plain["fc1.weight"], start["fc1.weight"]);
        Assert.NotEqual(start["fc1.weight"], grouped["fc1.weight"]);
    }

    [Fact]
    public void TheyArePartOfTheTrialAndWrittenBack()
    {
        var study = StudyText.Parse(StudyText.Smallest, Groups);
        var trial = study.Expand()[0];
        Assert.Equal([new("is=bias,normalization", "weight_decay=0"), new("ranks=2 names=fc2.*", "learning_rate=0.5")], trial.Settings.Groups);
        Assert.Equal(trial.Settings.Json, TrialSettingsJson.Read(trial.Settings.Json).Json);
        Assert.Equal(trial.Id, StudyFile.Parse(study.ToYaml(), "again.yaml").Expand()[0].Id);
        Assert.NotEqual(StudyText.Parse(StudyText.Smallest).Expand()[0].Id, trial.Id);
        Assert.Equal(StudyText.Parse(StudyText.Smallest).Expand()[0].Id, StudyText.Parse(StudyText.Smallest, "groups=none").Expand()[0].Id);
    }

    [Fact]
    public void AnOptimizerMayHaveItsOwn()
    {
        var study = StudyText.Parse("""
            workload: digits-mlp
            seeds: [0]
            groups: [ { is: bias, weight_decay: 0 } ]
            optimizers:
              - adamw
              - adamw: { learning_rate: 0.01 }
                groups: none
              - sgd
                groups: [ { ranks: 1, learning_rate: 1 } ]
            """.Replace("- sgd\n", "- sgd:\n", StringComparison.Ordinal));
        Assert.Equal(["is=bias: weight_decay=0", "none", "ranks=1: learning_rate=1"], study.Expand().Select(x => StudyGroups.Short(x.Settings.Groups)));
        Assert.Equal("adamw groups=is=bias: weight_decay=0 seed 0", study.Expand()[0].Describe());
    }

    [Theory]
    [InlineData("groups=bias", "groups must be a list of groups [ { is: bias, weight_decay: 0 } ], got bias.")]
    [InlineData("groups=[ { is: biass, weight_decay: 0 } ]", "A parameter is not \"biass\". Did you mean \"bias\"? Known: weight, bias, normalization, first-layer, head.")]
    [InlineData("groups=[ { is: bias, weight_decoy: 0 } ]", "adam has no hyperparameter \"weight_decoy\". Did you mean \"weight_decay\"? Known: *")]
    [InlineData("groups=[ { is: bias, weight_decay: -1 } ]", "adam: weight_decay must be zero or positive, got -1.")]
    [InlineData("groups=[ { is: bias } ]", "a group says which parameters (is, ranks or names) and what they have of their own, as in groups: [ { is: bias, weight_decay: 0 } ].")]
    [InlineData("groups=[ { ranks: 0, weight_decay: 0 } ]", "groups: ranks must be a whole number of at least 1, got 0.")]
    [InlineData("groups=[ { names: \"a b\", weight_decay: 0 } ]", "groups: names must be names of parameters, * standing for any letters, got *")]
    [InlineData("groups=[ { is: normalization, weight_decay: 0 } ]", "groups: is=normalization matches no parameter of the model; it has fc1.weight, fc1.bias, fc2.weight, fc2.bias, ….")]
    [InlineData("groups=[ { is: bias, weight_decay: 0 }, { is: bias, beta1: 0 } ]", "groups: two match the same parameters; put their values together.")]
    public void AMistakeIsOneSentence(string set, string message) =>
        StudyFileMistakeTests.Matches($"--set {set}: {message}", StudyText.Mistake(StudyText.Smallest, set));

    static Dictionary<string, byte[]> Weights(string text, params string[] sets)
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var run = new WorkloadTrainings(new DataFolder("unused"), TimeProvider.System).Create(StudyText.Parse(text, sets).Expand()[0].Settings, executor);
        _ = run.Run(new RecordingObserver(_ => false), TestContext.Current.CancellationToken);
        return run.TakeWeights().Arrays.ToDictionary(x => x.Name, x => x.Bytes.ToArray());
    }
}
