using System.Globalization;
using Descent.Studies.Definition;

namespace Descent.Tests.Studies.Definition;

public class StudySearchTests
{
    const string Space = """
        workload: digits-mlp
        seeds: [0, 1]
        batch_size: { from: 8, to: 128, scale: log }
        search: { method: halton, trials: 64 }
        optimizers:
          - adam: { learning_rate: { from: 1e-4, to: 1, scale: log }, beta1: { from: 0.5, to: 0.9 }, weight_decay: [0, 0.1], epsilon: 1e-8 }
        """;

    [Theory]
    [InlineData("halton")]
    [InlineData("sobol")]
    [InlineData("random")]
    public void PointsLieInTheSpaceOnTheScaleThatIsAskedFor(string method)
    {
        var trials = StudyText.Parse(Space, $"search.method={method}").Expand();

        Assert.Equal(128, trials.Count);
        var rates = Values(trials, "learning_rate");
        Assert.All(rates, rate => Assert.InRange(rate, 1e-4, 1));
        Assert.All(Values(trials, "beta1"), beta => Assert.InRange(beta, 0.5, 0.9));
        Assert.Equal([0, 0.1], Values(trials, "weight_decay").Distinct().Order());
        Assert.All(trials, trial => Assert.InRange(trial.Settings.BatchSize, 8, 128));

        // On a log scale a quarter of the points lies in each decade; 16 ± 7 are two standard deviations of independent ones.
        int slack = method == "random" ? 9 : 2;
        Assert.All(Enumerable.Range(-4, 4), decade => Assert.InRange(rates.Take(64).Count(x => Math.Floor(Math.Log10(x)) == decade), 16 - slack, 16 + slack));
    }

    /// <summary>In base b any b points in a row have one in each of b equal parts; the dimensions' bases are 2, 3, 5.</summary>
    [Fact]
    public void HaltonsPointsFillEachDimensionEvenly()
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            foreach (var (dimension, numeral) in new[] { (0, 2), (1, 3), (2, 5), (7, 19) })
            {
                int count = numeral * numeral;
                var parts = Enumerable.Range(0, count).Select(point => (int)(SearchPoints.At("halton", seed, point, dimension) * count));
                Assert.Equal(Enumerable.Range(0, count), parts.Order());
            }
        }
    }

    [Fact]
    public void AnotherSplitSeedDrawsOtherPointsAndMoreTrialsKeepTheFirst()
    {
        var ids = Ids();

        Assert.Equal(ids, Ids());
        Assert.Equal(ids.Take(10), Ids("search.trials=10", "seeds=0").Take(10));
        Assert.Empty(Ids("split_seed=1").Intersect(ids));

        static IEnumerable<string> Ids(params string[] sets) =>
            StudyText.Parse(Space, sets).Expand().Select(x => x.Describe().Replace("seed", "", StringComparison.Ordinal)).ToList();
    }

    [Fact]
    public void TheStudyThatIsStoredHasThePointsThemselves()
    {
        var study = StudyText.Parse(Space);

        var again = StudyFile.Parse(study.ToYaml(), "again.yaml");

        Assert.Equal(study.Expand().Select(x => (x.Id, x.Describe())), again.Expand().Select(x => (x.Id, x.Describe())));
    }

    /// <summary>Numbers that people can write down.</summary>
    [Fact]
    public void ValuesHaveFourDigits() => Assert.All(StudyText.Parse(Space).Expand().SelectMany(x => x.Told), told =>
        Assert.Equal(told.Value, Hyperparameter.Text(double.Parse(double.Parse(told.Value, CultureInfo.InvariantCulture)
            .ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))));

    [Fact]
    public void MistakesAreSaidWhereTheyStand()
    {
        Assert.Equal("study.yaml, line 6: adam: learning_rate is a range without \"points\"; the form is { from: 1e-3, to: 1, points: 4, scale: log }.",
            StudyText.Mistake(Space.Replace("search: { method: halton, trials: 64 }", "target: 0.9", StringComparison.Ordinal), "batch_size=8"));
        Assert.StartsWith("study.yaml, line 6: adam has no hyperparameter \"lerning_rate\".",
            StudyText.Mistake(Space.Replace("learning_rate", "lerning_rate", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith("study.yaml, line 3: batch_size must go from a smaller to a larger positive number",
            StudyText.Mistake(Space.Replace("to: 128", "to: 4", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.StartsWith("study.yaml, line 6: adan1 is not an optimizer.",
            StudyText.Mistake(Space.Replace("- adam", "- adan1", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    static List<double> Values(IReadOnlyList<PlannedTrial> trials, string name) =>
        [.. trials.Select(x => double.Parse(x.Settings.Hyperparameters.First(y => y.Name == name).Value, CultureInfo.InvariantCulture))];
}
