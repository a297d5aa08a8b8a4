using Descent.Studies.Definition;
using Descent.Studies.Statistics;

namespace Descent.Tests.Studies.Definition;

public class StudyFileTests
{
    const string Full = """
        name: full
        question: "Does \"it\" work?"
        workload: mnist-mlp
        model: { hidden: [100, 50], activation: tanh }
        data: train:0-1999
        validation: 1e4
        precision: float64
        exact: true
        augmentation: false
        steps: 1e3
        batch_size: 64
        physical_batch: 24
        order: file
        clip_norm: .5
        initialization: { he: { fan: out } }
        seeds: [3, 18446744073709551615]
        split_seed: 7
        target: 0.9
        trials: 14
        checkpoints: [5, 10]
        final_checkpoint: delete
        optimizers:
          - sgd: { learning_rate: { from: 1e-3, to: 1e-1, points: 3, scale: log }, momentum: [0, 0.9] }
            label: plain
          - adamw:
        """;

    [Fact]
    public void EveryKeyIsRead()
    {
        var study = StudyText.Parse(Full);

        Assert.Equal(("full", "Does \"it\" work?", "mnist-mlp"), (study.Name, study.Question, study.Workload.Name));
        Assert.Equal([new Setting("hidden", "[100, 50]"), new Setting("activation", "tanh")], study.Model);
        Assert.Equal(("train:0-1999", "float64", null, 1000L, 64),
            (study.Data, study.Precision, study.Epochs, study.Steps, study.BatchSize));
        Assert.Equal(10_000, study.ValidationCount);
        Assert.Equal(24, study.PhysicalBatch);
        Assert.Equal((true, false), (study.IsExact, study.IsAugmented));
        Assert.Equal(("file", "norm(limit=0.5)", 7UL, 0.9), (study.Order, StudyClipping.Short(study.Clip), study.SplitSeed, study.Target));
        Assert.StartsWith("he(fan=out,", study.Initialization, StringComparison.Ordinal);
        Assert.Equal([3, ulong.MaxValue], study.Seeds);
        Assert.Equal(FinalCheckpoint.Delete, study.FinalCheckpoint);
        Assert.Equal([5, 10], study.Checkpoints);
        Assert.Equal(["plain", "adamw"], study.Optimizers.Select(x => x.Label));
    }

    [Fact]
    public void WhatIsLeftOutComesFromTheWorkload()
    {
        var study = StudyText.Parse(StudyText.Smallest);

        Assert.Equal(("study", ""), (study.Name, study.Question));
        Assert.Equal((study.Workload.Epochs, null, study.Workload.BatchSize), (study.Epochs, study.Steps, study.BatchSize));
        Assert.Equal((study.Workload.TargetAccuracy, "pytorch"), (study.Target, study.Initialization));
        Assert.Equal(("float32", "shuffled", "none", 0UL), (study.Precision, study.Order, StudyClipping.Short(study.Clip), study.SplitSeed));
        Assert.Equal([new Setting("hidden", "[64]"), new Setting("activation", "relu")], study.Model);
    }

    [Fact]
    public void AGridExpandsToEverySettingAtTheFirstSeedThenAtTheNext()
    {
        var trials = StudyText.Parse(Full).Expand();

        Assert.Equal(
            [
                "plain learning_rate=0.001 momentum=0 seed 3", "plain learning_rate=0.001 momentum=0.9 seed 3",
                "plain learning_rate=0.01 momentum=0 seed 3", "plain learning_rate=0.01 momentum=0.9 seed 3",
                "plain learning_rate=0.1 momentum=0 seed 3", "plain learning_rate=0.1 momentum=0.9 seed 3", "adamw seed 3",
            ], trials.Take(7).Select(trial => trial.Describe()));
        Assert.Equal(14, trials.Count);
        Assert.All(trials.Skip(7), trial => Assert.Equal(ulong.MaxValue, trial.Settings.Seed));
        Assert.Equal(trials.Take(7).Select(trial => (trial.Label, trial.Settings.Hyperparameters.Select(x => x.Value).ToList())),
            trials.Skip(7).Select(trial => (trial.Label, trial.Settings.Hyperparameters.Select(x => x.Value).ToList())));
    }

    [Fact]
    public void ALinearRangeIsEvenlySpaced()
    {
        var study = StudyText.Parse(StudyText.Smallest, "optimizer.learning_rate={from: 0.1, to: 0.4, points: 4}");

        Assert.Equal(["0.1", "0.2", "0.3", "0.4"], study.Optimizers[0].Values[0].Values);
    }

    [Fact]
    public void WritingAndReadingGivesTheSameStudy()
    {
        var study = StudyText.Parse(Full);
        var again = StudyFile.Parse(study.ToYaml(), "again.yaml");

        Assert.Equal(study.ToYaml(), again.ToYaml());
        Assert.Equal(study.Expand().Select(trial => (trial.Id, trial.Describe())),
            again.Expand().Select(trial => (trial.Id, trial.Describe())));
        Assert.Equal(study.Question, again.Question);
        Assert.Equal(study.FinalCheckpoint, again.FinalCheckpoint);
    }

    [Fact]
    public void OverridesReplaceWhatTheFileSays()
    {
        var study = StudyText.Parse(Full, "epochs=3", "seeds=1,2", "model.hidden=[10]", "optimizer.weight_decay=[0,0.1]",
            "optimizer.plain.learning_rate=0.5", "precision=float32");

        Assert.Equal((3, null, "float32"), (study.Epochs, study.Steps, study.Precision));
        Assert.Equal([1, 2], study.Seeds);
        Assert.Equal([new Setting("hidden", "[10]"), new Setting("activation", "tanh")], study.Model);
        Assert.Equal(["0.5"], study.Optimizers[0].Values[0].Values);
        Assert.Equal(["learning_rate", "momentum", "weight_decay"], study.Optimizers[0].Values.Select(x => x.Name));
        Assert.Equal(["0", "0.1"], study.Optimizers[1].Values.Single().Values);
        Assert.Equal(12, study.Expand().Count);
    }

    [Fact]
    public void AFileIsReadByItsPathAndAPresetByItsName()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["mine.yaml"], StudyText.Smallest);

        Assert.Equal("mine", StudyFile.Load(folder["mine.yaml"]).Name);
        Assert.Equal("quickstart", StudyFile.Load("quickstart").Name);
        Assert.Equal($"There is no study file {folder["other.yaml"]}.", Refusal(folder["other.yaml"]));
        Assert.StartsWith("There is no preset \"quikstart\", and no file of that name. Did you mean \"quickstart\"? Known: ",
            Refusal("quikstart"),
            StringComparison.Ordinal);

        static string Refusal(string name) => Assert.Throws<BadInputException>(() => StudyFile.Load(name)).Message;
    }
}
