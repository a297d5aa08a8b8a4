using Descent.Studies.Comparisons;
using Descent.Studies.Statistics;

namespace Descent.Tests.Studies.Comparisons;

public class ComparisonTests
{
    static readonly double[] high = [0.95, 0.952, 0.949, 0.951], low = [0.90, 0.903, 0.898, 0.901];

    [Fact]
    public void WhoIsBetterAtEverySeedWins()
    {
        var comparison = Compare([.. MadeUpTrials.Of("sgd", 0.1, low), .. MadeUpTrials.Of("adam", 0.1, high)]);

        Assert.Equal(VerdictKind.Winner, comparison.Verdict.Kind);
        Assert.Equal("adam is the best of 2, at 95\u00A0% confidence: the nearest, sgd, is 5\u00A0points below.", comparison.Verdict.Sentence);
        Assert.Equal(["adam", "sgd"], comparison.Ranking.Select(x => x.Label));
        Assert.Equal(0.05, comparison.Pairs[0].Difference.Sample.Mean, 1e-3);
    }

    [Fact]
    public void SpreadThatHidesTheDifferenceGivesNoWinner()
    {
        var comparison = Compare([.. MadeUpTrials.Of("sgd", 0.1, 0.90, 0.98, 0.91), .. MadeUpTrials.Of("adam", 0.1, 0.97, 0.91, 0.98)]);

        Assert.Equal(VerdictKind.Undecided, comparison.Verdict.Kind);
        Assert.Equal("No winner: adam has the highest mean, but with 3 seeds sgd cannot be told from it.", comparison.Verdict.Sentence);
    }

    [Fact]
    public void WhatLiesWithinDeltaIsATie()
    {
        var comparison = Compare([.. MadeUpTrials.Of("sgd", 0.1, 0.9501, 0.9499, 0.9502, 0.9498), .. MadeUpTrials.Of("adam", 0.1, 0.9500, 0.9501, 0.9501, 0.95)]);

        Assert.Equal(VerdictKind.Tie, comparison.Verdict.Kind);
        Assert.StartsWith("A tie: adam leads, but sgd is within 1\u00A0point of it", comparison.Verdict.Sentence);
    }

    [Fact]
    public void AWinnerByLessThanDeltaIsSaidToBe()
    {
        var verdict = Compare([.. MadeUpTrials.Of("sgd", 0.1, 0.9500, 0.9510, 0.9490), .. MadeUpTrials.Of("adam", 0.1, 0.95101, 0.952, 0.95002)]).Verdict;

        Assert.Equal(VerdictKind.Winner, verdict.Kind);
        Assert.Contains(", less than the difference that matters, 1\u00A0point.", verdict.Sentence);
    }

    [Fact]
    public void AnOptimizerThatDivergedIsNoWinner()
    {
        var verdict = Compare([.. MadeUpTrials.Of("sgd", 0.1, low), .. MadeUpTrials.Of("adam", 0.1, [.. high, double.NaN])]).Verdict;

        Assert.Equal(VerdictKind.Undecided, verdict.Kind);
        Assert.Equal("No winner: adam has the highest mean, but diverged at 1 of 5 seeds, which its mean leaves out.", verdict.Sentence);
    }

    [Fact]
    public void OneThatDivergedAlwaysIsNotRanked()
    {
        var comparison = Compare(
            [.. MadeUpTrials.Of("sgd", 0.1, low), .. MadeUpTrials.Of("adam", 0.1, high), .. MadeUpTrials.Of("lion", 9, double.NaN, double.NaN, double.NaN, double.NaN)]);

        Assert.Equal(["lion"], comparison.Left.Select(x => x.Label));
        Assert.EndsWith(" lion cannot be ranked: no complete seed.", comparison.Verdict.Sentence);
        _ = Assert.Single(comparison.Pairs);
    }

    /// <summary>By validation, setting 0.1 is better, by test 0.2: the test part chooses nothing.</summary>
    [Fact]
    public void SettingsAreChosenByValidationAndComparedByTest()
    {
        List<TrialResult> trials = [];
        foreach (ulong seed in (ulong[])[0, 1, 2])
        {
            double noise = 0.001 * seed;
            trials.Add(MadeUpTrials.Trial("adam", 0.1, seed, 0.90 + noise, validation: 0.93));
            trials.Add(MadeUpTrials.Trial("adam", 0.2, seed, 0.95 + noise, validation: 0.92));
            trials.Add(MadeUpTrials.Trial("sgd", 0.1, seed, 0.80 + (2 * noise), validation: 0.81));
        }

        var comparison = Compare(trials);

        Assert.Equal("validation", comparison.ChosenBy.Split);
        Assert.Equal(new Setting("learning_rate", "0.1"), comparison.Ranking[0].Chosen.Settings[0]);
        Assert.Equal(0.901, comparison.Ranking[0].Sample.Mean, 1e-12);
    }

    [Fact]
    public void ASettingThatDivergedIsNotChosenBesideOneThatDidNot()
    {
        var comparison = Compare([.. MadeUpTrials.Of("adam", 1, [.. high, double.NaN]), .. MadeUpTrials.Of("adam", 0.1, [.. low, 0.9]), .. MadeUpTrials.Of("sgd", 0.1, [.. low, 0.8])]);

        Assert.Equal("0.1", comparison.Ranking.Single(x => x.Label == "adam").Chosen.Settings[0].Value);
    }

    /// <summary>t intervals of three values near an end, or far apart, go beyond it.</summary>
    [Fact]
    public void IntervalsEndWhereNoValueCanLie()
    {
        var comparison = Compare([.. MadeUpTrials.Of("adam", 0.1, 0.98, 0.999, 0.998), .. MadeUpTrials.Of("sgd", 0.1, 0.98, 0.1, 0.4)]);

        Assert.Equal((1, 0.97), (comparison.Ranking[0].Interval!.Value.Upper, Math.Round(comparison.Ranking[0].Interval!.Value.Lower, 2)));
        Assert.Equal((0, 1), (comparison.Ranking[1].Interval!.Value.Lower, comparison.Ranking[1].Interval!.Value.Upper));
        Assert.Equal((1, true), (comparison.Pairs[0].Interval!.Value.Upper, comparison.Pairs[0].Difference.Interval!.Value.Upper > 1));
        var ranking = ComparisonPage.Of(comparison)[1];
        Assert.Contains("intervals of the mean, cut where no value can lie.", ranking.Text);
        Assert.Equal("0.00 … 100.00", ranking.Rows[1][3]);
        Assert.DoesNotContain("cut where", ComparisonPage.Of(Compare([.. MadeUpTrials.Of("sgd", 0.1, low), .. MadeUpTrials.Of("adam", 0.1, high)]))[1].Text);
    }

    /// <summary>R² has no lower end.</summary>
    [Fact]
    public void NumbersAreComparedByDetermination()
    {
        var comparison = Compare([.. MadeUpTrials.Of("adam", 0.1, high).Concat(MadeUpTrials.Of("sgd", 0.1, 0.5, 0.1, 0.15, 0.9)).Select(x => x with { Metric = "R²" })]);

        Assert.StartsWith("Final test R² in percent, ", ComparisonPage.Of(comparison)[1].Text);
        Assert.True(comparison.Ranking[1].Interval!.Value.Lower < 0);
        Assert.Contains("is the best of 2", Compare([.. MadeUpTrials.Of("adam", 0.1, high).Concat(MadeUpTrials.Of("sgd", 0.1, low)).Select(x => x with { Metric = "R²" })]).Verdict.Sentence);
    }

    [Fact]
    public void WhatCannotBeComparedIsSaid()
    {
        Refuses("s compares nothing: it has no trials; a comparison needs two optimizers, or two labels of one.");
        Refuses("s compares nothing: its only optimizer is adam; a comparison needs two optimizers, or two labels of one.", [.. MadeUpTrials.Of("adam", 0.1, high)]);
        Refuses("s cannot be compared: it has one seed, 0, and one seed says nothing of the spread; run it with --seeds 0,1,2 or more.",
            [.. MadeUpTrials.Of("adam", 0.1, 0.9), .. MadeUpTrials.Of("sgd", 0.1, 0.8)]);
        Refuses("s cannot be compared: no trial is complete yet; run it on with the command that began it.",
            [.. MadeUpTrials.Of("adam", 0.1, 0.9, 0.9).Concat(MadeUpTrials.Of("sgd", 0.1, 0.8, 0.8)).Select(x => x with { State = Descent.Studies.TrialState.Running })]);
        Refuses("s cannot be compared: every trial diverged.", [.. MadeUpTrials.Of("adam", 0.1, double.NaN, double.NaN), .. MadeUpTrials.Of("sgd", 0.1, double.NaN, double.NaN)]);
        Refuses("s cannot be compared: no two of its optimizers have two complete seeds in common.",
            [.. MadeUpTrials.Of("adam", 0.1, 0.9, 0.91, double.NaN), .. MadeUpTrials.Of("sgd", 0.1, double.NaN, 0.9, 0.91)]);
        Refuses("s cannot be compared: adam seed 1 (adam-0.1) is complete, but its final test accuracy is not a number.",
            [.. MadeUpTrials.Of("adam", 0.1, high).Select(x => x.Seed == 1 ? x with { Epochs = [new(0, 0, 1, 1, 1, double.NaN)] } : x), .. MadeUpTrials.Of("sgd", 0.1, low)]);
    }

    static void Refuses(string sentence, params IReadOnlyList<TrialResult> trials) =>
        Assert.Equal(sentence, Assert.Throws<BadInputException>(() => Compare(trials)).Message);

    static Comparison Compare(IReadOnlyList<TrialResult> trials) => Comparison.Of(new("s", trials));
}
