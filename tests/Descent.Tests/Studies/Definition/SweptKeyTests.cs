using Descent.Studies.Definition;

namespace Descent.Tests.Studies.Definition;

public class SweptKeyTests
{
    [Fact]
    public void AListMakesATrialForEachValueOfEachOptimizer()
    {
        var trials = StudyText.Parse(StudyText.Smallest, "batch_size=[64, 16]", "optimizer.learning_rate=[0.1, 0.01]", "epochs=[2, 3]").Expand();

        Assert.Equal(
            [
                "adam learning_rate=0.1 batch_size=64 epochs=2 seed 0", "adam learning_rate=0.01 batch_size=64 epochs=2 seed 0",
                "adam learning_rate=0.1 batch_size=64 epochs=3 seed 0", "adam learning_rate=0.01 batch_size=64 epochs=3 seed 0",
                "adam learning_rate=0.1 batch_size=16 epochs=2 seed 0", "adam learning_rate=0.01 batch_size=16 epochs=2 seed 0",
                "adam learning_rate=0.1 batch_size=16 epochs=3 seed 0", "adam learning_rate=0.01 batch_size=16 epochs=3 seed 0",
            ], trials.Select(trial => trial.Describe()));
        Assert.Equal([(64, 2), (64, 2), (64, 3), (64, 3), (16, 2), (16, 2), (16, 3), (16, 3)],
            trials.Select(trial => (trial.Settings.BatchSize, trial.Settings.Epochs!.Value)));
    }

    /// <summary>Listed or alone, in percent or as a count, it is the same trial.</summary>
    [Theory]
    [InlineData("batch_size=[64, 16]", "batch_size=64")]
    [InlineData("initialization=[he, zero]", "initialization=he")]
    [InlineData("precision=[float64, float32]", "precision=float64")]
    [InlineData("order=[replacement, file]", "order=replacement")]
    [InlineData("normalization=[unit, digits]", "normalization=unit")]
    [InlineData("normalization=[digits, unit]", "precision=float32")]
    [InlineData("steps=[7, 8]", "steps=7")]
    [InlineData("model.hidden=[[10], [20, 20]]", "model.hidden=[10]")]
    [InlineData("model.hidden=[[20, 20], []]", "model.hidden=[20, 20]")]
    [InlineData("model.activation=[tanh, gelu]", "model.activation=tanh")]
    [InlineData("optimizer.steps=7", "steps=7")]
    [InlineData("physical_batch=[8, 32]", "physical_batch=8")]
    [InlineData("batch_size={ from: 10, to: 30, points: 3 }", "batch_size=10")]
    public void AListedValueIsTheTrialThatItIsAlone(string listed, string alone) =>
        Assert.Equal(StudyText.Parse(StudyText.Smallest, alone).Expand()[0].Id, StudyText.Parse(StudyText.Smallest, listed).Expand()[0].Id);

    [Theory]
    [InlineData("workload=mnist-mlp", "20%", 12_000)]
    [InlineData("workload=mnist-mlp", "0.001%", 1)]
    [InlineData("data=train:0-999", "5%", 50)]
    [InlineData("data=train:0-998", "100%", 999)]
    [InlineData("validation=97", "100%", 1797 - 360 - 97)]
    public void APercentageIsOfTheImagesToTrainOn(string set, string size, int count) =>
        Assert.Equal(count, StudyText.Parse(StudyText.Smallest, set, $"batch_size={size}").BatchSize);

    [Fact]
    public void AnOptimizerHasItsOwnInPlaceOfTheStudys()
    {
        var study = StudyText.Parse("""
            workload: digits-mlp
            seeds: [0]
            batch_size: [50, 100]
            physical_batch: 60
            epochs: 2
            optimizers:
              - sgd
              - adam: { learning_rate: 0.1 }
                batch_size: 10%
                steps: 5
                normalization: half
            """);
        var trials = study.Expand();

        Assert.Equal(["sgd batch_size=50 epochs=2 normalization=digits seed 0", "sgd batch_size=100 epochs=2 normalization=digits seed 0",
                "adam learning_rate=0.1 batch_size=143 steps=5 normalization=half seed 0"],
            trials.Select(x => x.Describe()));
        Assert.Equal([(50, null, 2, null, null), (100, 60, 2, null, null), (143, 60, null, 5, "half")],
            trials.Select(x => (x.Settings.BatchSize, x.Settings.PhysicalBatch, x.Settings.Epochs, (int?)x.Settings.Steps, x.Settings.Normalization)));
        Assert.Equal(trials.Select(x => (x.Id, x.Describe())), StudyFile.Parse(study.ToYaml(), "again.yaml").Expand().Select(x => (x.Id, x.Describe())));
    }

    [Fact]
    public void AnInitializationIsToldByItsNameWhereThatIsAll() => Assert.Equal(["he", "normal(scale=0.05)", "zero"],
        StudyText.Parse(StudyText.Smallest, "initialization=[he, normal(scale=0.05), zero]").Expand().Select(x => x.Told.Single().Value));

    [Fact]
    public void ABudgetBesideAnOptimizerIsOfOneKind() => Assert.Equal("study.yaml, line 5: an optimizer has a budget of epochs or of steps, not both.",
        StudyText.Mistake($"{StudyText.Smallest}:\n    epochs: 3\n    steps: 3"));

    [Fact]
    public void CheckpointsOfEpochsNeedEvaluationsAtTheirEnds() =>
        Assert.StartsWith("--set checkpoints=[1]: checkpoints are of epochs, but evaluate: every measures at other moments",
            StudyText.Mistake(StudyText.Smallest, "checkpoints=[1]", "evaluate.every=100"), StringComparison.Ordinal);
}
