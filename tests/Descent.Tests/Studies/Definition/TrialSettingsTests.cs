using Descent.Studies.Definition;
using Descent.Tensors;

namespace Descent.Tests.Studies.Definition;

public class TrialSettingsTests
{
    [Fact]
    public void TheCanonicalTextHasEveryValueInAFixedOrder() => Assert.Equal(
        """
        {"workload":"digits-mlp","model":{"hidden":"[64]","activation":"relu"},
        "precision":"float32","epochs":20,"batch_size":32,"order":"shuffled","initialization":"pytorch",
        "optimizer":"adam","hyperparameters":{"learning_rate":0.001,"beta1":0.9,"beta2":0.999,"epsilon":1e-08,"weight_decay":0},
        "seed":0,"split_seed":0}
        """.ReplaceLineEndings(""),
        StudyText.Parse(StudyText.Smallest).Expand().Single().Settings.Json);

    [Fact]
    public void TheIdIsTheHashOfTheText()
    {
        var settings = StudyText.Parse(StudyText.Smallest).Expand().Single().Settings;

        // sha256sum of the text above: a change would lose every stored trial.
        Assert.Equal("6ed4b38366afe477aeed2e4662e89e37f3d0176fbb8c35156bee31fe533097e5", settings.Id);
    }

    /// <summary>Ids of stores that were written before there was model.image_size.</summary>
    [Theory]
    [InlineData("cifar10-simple-cnn", "b2d13f50339eae19a6ceaa5305f2284e35a1ef1f0c1d4113ee3b3004ca9934f2")]
    [InlineData("cifar10-cnn", "77bf9223b641214ce7dab397145d23428813501bd6b7c191d8758979d6474748")]
    public void AModelOptionThatCameLaterLeavesTheIdsOfOldTrials(string workload, string id)
    {
        string[] sets = [$"workload={workload}", "data=train:0-63", "steps=2", "batch_size=16", "evaluate={ test: 64, train: 64 }"];
        var settings = StudyText.Parse(StudyText.Smallest, sets).Expand().Single().Settings;

        Assert.Equal(id, settings.Id);
        Assert.Equal(id, StudyText.Parse(StudyText.Smallest, [.. sets, "model.image_size=32"]).Expand().Single().Id);
        Assert.DoesNotContain("image_size", settings.Json);
        Assert.Equal(settings.Model, TrialSettingsJson.Read(settings.Json).Model);
        Assert.Contains(new("image_size", "32"), settings.Model);
        var large = StudyText.Parse(StudyText.Smallest, [.. sets, "model.image_size=64"]).Expand().Single().Settings;
        Assert.NotEqual(id, large.Id);
        Assert.Contains("\"image_size\":64}", large.Json);
        Assert.Equal(large, TrialSettingsJson.Read(large.Json));
        Assert.Equal(new Shape(64, 64, 3), TrialSettingsJson.Read(large.Json).FindWorkload().CreateModel(large.Model.ToDictionary(x => x.Name, x => x.Value)).Layers[0].Output);
    }

    [Fact]
    public void ASweptModelOptionThatCameLaterTellsTrialsApart() => Assert.Equal(["32", "48"], StudyText.Parse(StudyText.Smallest, "workload=cifar10-cnn",
        "model.image_size=[32, 48]").Expand().Select(trial => TrialSettingsJson.Read(trial.Settings.Json).Model.Single().Value));

    [Fact]
    public void ADefaultWrittenOutIsTheSameTrial()
    {
        string id = StudyText.Parse(StudyText.Smallest).Expand().Single().Id;

        Assert.Equal(id, StudyText.Parse(StudyText.Smallest, "optimizer.learning_rate=1.0E-3", "precision=float32", "model.hidden=64",
            "split_seed=0", "initialization=pytorch").Expand().Single().Id);
        Assert.Equal(id, StudyText.Parse(StudyText.Smallest, "name=other", "question=why", "target=0.5",
            "final_checkpoint=delete", "validation=0", "checkpoints=[1, 20]").Expand().Single().Id);
        Assert.Equal(id, StudyText.Parse(StudyText.Smallest, "schedule=constant", "weight_decay_schedule={name: constant, warmup: 0}",
            "optimizer.momentum_schedule=constant").Expand().Single().Id);
        Assert.Equal(id, StudyText.Parse(StudyText.Smallest, "clip=none", "non_finite=stop").Expand().Single().Id);
        Assert.Equal(id, StudyText.Parse(StudyText.Smallest, "exact=false", "normalization=digits", "augmentation=true", "physical_batch=32").Expand().Single().Id);
    }

    /// <summary>The digits' workload has no augmentation that could be left out.</summary>
    [Fact]
    public void WhatHasNoEffectIsTheSameTrial() => Assert.Equal(StudyText.Parse(StudyText.Smallest).Expand().Single().Id,
        StudyText.Parse(StudyText.Smallest, "augmentation=false").Expand().Single().Id);

    [Theory]
    [InlineData("workload=mnist-mlp")]
    [InlineData("model.hidden=65")]
    [InlineData("data=train:0-9")]
    [InlineData("validation=10")]
    [InlineData("precision=float64")]
    [InlineData("normalization=half")]
    [InlineData("exact=true")]
    [InlineData("epochs=21")]
    [InlineData("steps=20")]
    [InlineData("batch_size=33")]
    [InlineData("physical_batch=31")]
    [InlineData("order=file")]
    [InlineData("order=replacement")]
    [InlineData("evaluate.train=100")]
    [InlineData("evaluate={ every: 100 }")]
    [InlineData("clip_norm=1")]
    [InlineData("clip=norm")]
    [InlineData("clip=value")]
    [InlineData("non_finite=skip")]
    [InlineData("schedule=cosine")]
    [InlineData("schedule={name: constant, warmup: 10}")]
    [InlineData("momentum_schedule=linear")]
    [InlineData("initialization=he")]
    [InlineData("optimizer.epsilon=1.0000000000000002e-8")]
    [InlineData("seeds=1")]
    [InlineData("split_seed=1")]
    public void EveryValueThatChangesTheNumbersChangesTheId(string set) =>
        Assert.NotEqual(StudyText.Parse(StudyText.Smallest).Expand().Single().Id,
            StudyText.Parse(StudyText.Smallest, set).Expand().Single().Id);

    /// <summary>The key that there was before other clippings.</summary>
    [Fact]
    public void ClippingByTheNormStandsWhereItEverStood()
    {
        var settings = StudyText.Parse(StudyText.Smallest, "clip={ name: norm, limit: 0.5 }").Expand().Single().Settings;

        Assert.Contains("\"order\":\"shuffled\",\"clip_norm\":0.5,\"initialization\"", settings.Json);
        Assert.Equal(settings.Id, StudyText.Parse(StudyText.Smallest, "clip_norm=5e-1").Expand().Single().Id);

        // sha256sum of the text as version 0.1.0 wrote it.
        Assert.Equal("8ca56729d53e7d7658126b0bd893ef9f3b6151a9840561a596fcecc850f11083", settings.Id);
    }

    [Fact]
    public void OtherClippingsStandInTheTextWithAllTheirValues()
    {
        var settings = StudyText.Parse(StudyText.Smallest, "clip=unit-wise", "non_finite=skip").Expand().Single().Settings;

        Assert.Contains("""
            "order":"shuffled","clip":{"name":"unit-wise","limit":0.01,"epsilon":0.001},"non_finite":"skip","initialization"
            """.Trim(), settings.Json);
        var again = TrialSettingsJson.Read(settings.Json);
        Assert.Equal((settings.Json, true), (TrialSettingsJson.Write(again), again.SkipsNonFinite));
    }

    [Fact]
    public void AScheduleStandsInTheTextWithAllItsValues()
    {
        var settings = StudyText.Parse(StudyText.Smallest, "schedule.name=cosine", "schedule.warmup=500").Expand().Single().Settings;

        Assert.Contains("""
            "weight_decay":0},"schedule":{"name":"cosine","length":0,"end_factor":0,"warmup":500,"per":"step"},"seed":0
            """.Trim(), settings.Json);
        Assert.Equal(settings.Id, StudyText.Parse(StudyText.Smallest, "schedule={name: cosine, per: step, warmup: 5e2, end_factor: 0.0}")
            .Expand().Single().Id);
        Assert.Equal(settings.Schedules.LearningRate, TrialSettingsJson.Read(settings.Json).Schedules.LearningRate);
    }

    [Fact]
    public void TheTextReadsBack()
    {
        var settings = StudyText.Parse(StudyText.Smallest, "clip_norm=0.1", "exact=true", "physical_batch=7", "data=train:0-9", "validation=10000", "steps=9007199254740992",
            "split_seed=18446744073709551615",
            "initialization=he(fan=out)").Expand().Single().Settings;

        var again = TrialSettingsJson.Read(settings.Json);

        Assert.Equal(settings.Json, TrialSettingsJson.Write(again));
        Assert.Equal((0.1, "train:0-9", 9007199254740992, ulong.MaxValue), (double.Parse(again.Clip[1].Value), again.Data, again.Steps, again.SplitSeed));
        Assert.Equal(10_000, again.ValidationCount);
        Assert.Equal(7, again.PhysicalBatch);
        Assert.Equal((true, true), (again.IsExact, again.IsAugmented));
        var fine = again with { Init = new("/a/b.pth", new string('a', 64), IsExceptHead: true) };
        Assert.Equal(new StartingWeights(null, fine.Init.Digest, IsExceptHead: true), TrialSettingsJson.Read(fine.Json).Init);
        Assert.False(TrialSettingsJson.Read((again with { IsAugmented = false }).Json).IsAugmented);
        Assert.Equal(settings.Hyperparameters, again.Hyperparameters);
        Assert.Equal(settings.Initialization, again.Initialization);
    }
}
