using Descent.Studies.Statistics;
using Descent.Tests.Studies.Pictures;

namespace Descent.Tests.Studies.Statistics;

public class TrialSelectionTests
{
    static IReadOnlyList<TrialResult> Choose(params string[] filters) => TrialFilter.Apply(GridStudy.Trials(), [.. filters.Select(TrialFilter.Parse)]);

    [Theory]
    [InlineData("optimizer=adam", 18)]
    [InlineData("learning_rate=0.10", 12)]
    [InlineData("learning_rate=0.01,1", 24)]
    [InlineData("seed=2", 12)]
    [InlineData("state=diverged", 4)]
    [InlineData("epochs=9", 36)]
    public void AFilterKeepsTheTrialsOfItsValues(string filter, int count) => Assert.Equal(count, Choose(filter).Count);

    [Fact]
    public void FiltersHoldAllAtOnce() => Assert.Equal(6, Choose("optimizer=sgd", "batch_size=32", "learning_rate=0.1,1").Count);

    [Fact]
    public void ARuleIsMeantWhereNoLabelIsSoCalled()
    {
        var trials = GridStudy.Trials().Select(trial => trial.Optimizer == "sgd" ? trial with { Optimizer = "plain" } : trial).ToList();
        Assert.Equal(18, TrialFilter.Apply(trials, [new("optimizer", "sgd")]).Count);
        Assert.Equal(18, TrialFilter.Apply(trials, [new("optimizer", "plain")]).Count);
    }

    [Theory]
    [InlineData("optimizer", "--where must look like optimizer=lion or learning_rate=0.1,0.01, got \"optimizer\".")]
    [InlineData("learing_rate=1", "--where: the trials have no key \"learing_rate\". Did you mean \"learning_rate\"? "
        + "Known: optimizer, rule, seed, state, trial, learning_rate, batch_size, epochs.")]
    [InlineData("learning_rate=3", "--where: no trial has learning_rate=3. Known: 0.01, 0.1, 1.")]
    public void MistakesAreOneSentence(string filter, string message) =>
        Assert.Equal(message, Assert.Throws<BadInputException>(() => Choose(filter)).Message);

    [Fact]
    public void NoTrialOfAllFiltersIsSaid() => Assert.Equal("--where: no trial has optimizer=sgd and state=diverged at once.",
        Assert.Throws<BadInputException>(() => Choose("optimizer=sgd", "state=diverged")).Message);

    [Fact]
    public void GroupsHoldAllTrialsOfTheirValuesInTheOrderOfTheValues()
    {
        var groups = StudySummary.From(TrialGrouping.By(GridStudy.Trials(), ["batch_size", "optimizer"])).Settings;
        Assert.Equal(["batch_size=32 sgd", "batch_size=32 adam", "batch_size=64 sgd", "batch_size=64 adam"], groups.Select(group => group.Label));
        Assert.All(groups, group => Assert.Equal(9, group.Trials.Count));
    }
}
