namespace Descent.Tests;

public class HyperparameterBindingTests
{
    static readonly HyperparameterBinding binding = new("thing", typeof(Thing));

    [Fact]
    public void ValuesNotGivenKeepTheirDefaults() => Assert.Equal(new Thing(), binding.Create(new Dictionary<string, object>()));

    [Fact]
    public void EveryKindComesAsItselfOrAsText()
    {
        var expected = new Thing(Cycles: 3, IsStaircase: true, Shape: "linear", Milestones: "[0.5, 30]");

        Assert.Equal(expected, Create(("cycles", 3), ("is_staircase", true), ("shape", "linear"), ("milestones", "[.5,3e1]")));
        Assert.Equal(expected, binding.Create(binding.Values(expected).ToDictionary(x => x.Key, x => (object)Hyperparameter.Text(x.Value))));
    }

    [Theory]
    [InlineData("cycles", 0.0, "thing: cycles must be a whole number of at least 1, got 0.")]
    [InlineData("cycles", 1.5, "thing: cycles must be a whole number of at least 1, got 1.5.")]
    [InlineData("shape", "cosin", "thing: shape must be cosine or linear, got \"cosin\". Did you mean \"cosine\"?")]
    [InlineData("shape", 1, "thing: shape must be cosine or linear, got \"1\".")]
    [InlineData("milestones", "30", "thing: milestones must list rising positive numbers, as in [30, 60, 80], got \"30\".")]
    [InlineData("milestones", "[30, 20]", "thing: milestones must list rising positive numbers, as in [30, 60, 80], got \"[30, 20]\".")]
    [InlineData("milestones", "[]", "thing: milestones must list rising positive numbers, as in [30, 60, 80], got \"[]\".")]
    [InlineData("milestones", "[0]", "thing: milestones must list rising positive numbers, as in [30, 60, 80], got \"[0]\".")]
    [InlineData("milestone", "[1]", "thing has no hyperparameter \"milestone\". Did you mean \"milestones\"? "
        + "Known: cycles, is_staircase, shape, milestones.")]
    public void WhatIsNotAllowedIsSaid(string name, object value, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<BadInputException>(() => Create((name, value))).Message);

    [Fact]
    public void ARecordMadeWithoutTheBindingIsChecked() =>
        Assert.Equal("thing: shape must be cosine or linear, got \"square\".",
            Assert.Throws<BadInputException>(() => binding.Check(new Thing(Shape: "square"))).Message);

    [Fact]
    public void WhatIsAllowedReadsAsAPhrase() => Assert.Equal(
        ["a whole number of at least 1", "true or false", "cosine or linear", "list rising positive numbers, as in [30, 60, 80]"],
        binding.All.Select(x => x.Allowed));

    [Theory]
    [InlineData(typeof(WithoutRange))]
    [InlineData(typeof(WithoutRule))]
    [InlineData(typeof(WithoutDefault))]
    public void ARecordThatSaysTooLittleIsAFaultOfItsAuthor(Type record) =>
        Assert.Throws<InvalidOperationException>(() => new HyperparameterBinding("thing", record));

    static object Create(params (string Name, object Value)[] values) =>
        binding.Create(values.ToDictionary(x => x.Name, x => x.Value));

    sealed record Thing([Whole(1)] double Cycles = 1, bool IsStaircase = false, [Choice("cosine", "linear")] string Shape = "cosine",
        [RisingNumbers] string Milestones = "[1]");

    sealed record WithoutRange(double Rate = 1);

    sealed record WithoutRule(string Shape = "cosine");

    sealed record WithoutDefault([Positive] double Rate);
}
