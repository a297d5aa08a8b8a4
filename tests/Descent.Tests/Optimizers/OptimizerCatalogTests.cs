using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

public class OptimizerCatalogTests
{
    static readonly OptimizerCatalog catalog = OptimizerCatalog.Default;

    public static TheoryData<string> Names => [.. catalog.Optimizers.Select(x => x.Name)];

    [Fact]
    public void EveryRecordInTheFolderIsFound()
    {
        Assert.Equal(["adam", "adamw", "amsgrad", "rmsprop", "sgd"],
            catalog.Optimizers.Select(x => x.Name).Intersect(["adam", "adamw", "amsgrad", "rmsprop", "sgd"]));
        Assert.Equal(typeof(AdamW).Assembly.GetTypes().Count(x => x.IsAssignableTo(typeof(IOptimizer)) && !x.IsAbstract),
            catalog.Optimizers.Count);
    }

    [Fact]
    public void GivenHyperparametersReplaceDefaults()
    {
        var optimizer = catalog.Create("sgd",
            new Dictionary<string, object> { ["learning_rate"] = "1e-2", ["momentum"] = 0.9, ["nesterov"] = "true" });

        Assert.Equal(new Sgd(LearningRate: 0.01, Momentum: 0.9, Nesterov: true), optimizer);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1L)]
    [InlineData(1f)]
    [InlineData(1.0)]
    [InlineData("1")]
    [InlineData("1.0E0")]
    public void ANumberComesInManyForms(object one) =>
        Assert.Equal(new AdamW(LearningRate: 1), catalog.Create("adamw", new Dictionary<string, object> { ["learning_rate"] = one }));

    [Theory]
    [MemberData(nameof(Names))]
    public void WithoutHyperparametersTheDefaultsHold(string name)
    {
        var rule = catalog.Find(name);
        var optimizer = rule.Create(new Dictionary<string, object>());

        Assert.Equal(rule.Hyperparameters.Select(x => x.Default), rule.Values(optimizer).Select(x => x.Value));
        Assert.Equal(rule.Type, optimizer.GetType());
        Assert.Equal(optimizer.States, rule.States);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ValuesAsTextGiveTheSameOptimizer(string name)
    {
        var rule = catalog.Find(name);
        var optimizer = rule.Create(new Dictionary<string, object> { ["learning_rate"] = 0.1 + 0.2 });

        var texts = rule.Values(optimizer).ToDictionary(x => x.Key, x => (object)Hyperparameter.Text(x.Value));

        Assert.Equal(optimizer, rule.Create(texts));
        Assert.Equal("0.30000000000000004", texts["learning_rate"]);
    }

    [Fact]
    public void TextOfAValueIsShortAndInvariant() =>
        Assert.Equal(["0.001", "1e-08", "true", "false"], new object[] { 1e-3, 1e-8, true, false }.Select(Hyperparameter.Text));

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryRuleIsDocumented(string name)
    {
        var rule = catalog.Find(name);

        string[] texts = [rule.Summary, rule.Remarks, rule.Source, .. rule.Hyperparameters.Select(x => x.Documentation)];
        Assert.All(texts, text => Assert.NotEmpty(text));
        Assert.DoesNotContain('\n', rule.Summary);
        Assert.True(rule.Remarks.Split("\n\n").Length >= 3, "formula, source and differences are paragraphs of their own");
        Assert.Contains("Differs", rule.Remarks);
    }

    [Fact]
    public void DocumentationIsThatOfTheComment()
    {
        var rule = catalog.Find("adamw");

        Assert.Equal("AdamW: Adam whose weight decay bypasses the adaptive denominator.", rule.Summary);
        Assert.StartsWith("θ ← θ − η·λ·θ; m ← β₁·m + (1−β₁)·g;", rule.Remarks);
        Assert.Equal("β₁, kept fraction of the mean gradient.", rule.Hyperparameter("beta1").Documentation);
    }

    [Fact]
    public void MetadataIsThatOfTheRecord()
    {
        var rule = catalog.Find("rmsprop");
        var rate = rule.Hyperparameter("learning_rate");
        var centered = rule.Hyperparameter("centered");

        Assert.Equal(["learning_rate", "alpha", "epsilon", "centered", "momentum", "weight_decay"],
            rule.Hyperparameters.Select(x => x.Name));
        Assert.Equal((typeof(double), 0.01, "be positive"), (rate.Type, rate.Default, rate.Range?.Rule));
        Assert.Equal((typeof(bool), false, null), (centered.Type, centered.Default, centered.Range));
        Assert.Equal(["square_avg"], rule.States);
    }
}
