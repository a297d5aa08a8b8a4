using Descent.Analysis;
using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

/// <summary>Every rule against numbers that Descent did not compute.</summary>
public class GoldenTests
{
    static readonly Dictionary<string, Func<int, double>> schedules =
        new() { ["constant"] = _ => 1, ["inverse"] = t => 1 / (1 + (0.1 * t)) };

    public static TheoryData<string> Rows => GoldenTrajectory.AllNames;

    public static TheoryData<string> Rules => [.. OptimizerCatalog.Default.Optimizers.Select(x => x.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void InDoubleEveryRecordedStepAgrees(string row) => Compare<double>(GoldenTrajectory.Find(row));

    [Theory]
    [MemberData(nameof(Rows))]
    public void InFloatEveryRecordedStepAgrees(string row) => Compare<float>(GoldenTrajectory.Find(row));

    [Theory]
    [MemberData(nameof(Rules))]
    public void EveryRuleHasARow(string rule) => Assert.Contains(GoldenTrajectory.All, x => x.Name == rule && x.Points.ContainsKey(25));

    [Theory]
    [MemberData(nameof(Rules))]
    public void EveryRuleHasRowsOnTwoProblems(string rule) =>
        Assert.Empty(new[] { "drift", "rosenbrock" }.Except(GoldenTrajectory.All.Where(x => x.Name == rule).Select(x => x.Problem)));

    /// <summary>With ε of 1e-8 its place cannot be seen.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void EveryRuleWithAnEpsilonHasARowWithALargeOne(string rule)
    {
        if (OptimizerCatalog.Default.Find(rule).Hyperparameters.Any(x => x.Name == "epsilon"))
        {
            Assert.Contains(GoldenTrajectory.All, x => x.Name == rule && Value(x, "epsilon") is >= 1e-3);
        }
    }

    /// <summary>A switch or a coefficient that no row moves from its default is not tested.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void EveryHyperparameterHasARowThatMovesIt(string rule) =>
        Assert.All(OptimizerCatalog.Default.Find(rule).Hyperparameters, hyperparameter =>
            Assert.Contains(GoldenTrajectory.All, x => x.Name == rule && !Value(x, hyperparameter.Name).Equals(hyperparameter.Default)));

    static object Value(GoldenTrajectory row, string hyperparameter) =>
        OptimizerCatalog.Default.Find(row.Name).Hyperparameter(hyperparameter).Value(row.Optimizer);

    static void Compare<T>(GoldenTrajectory row) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var path = Trajectory.Run<T>(row.Optimizer, TestProblem.Find(row.Problem), row.Points.Keys.Max(),
            schedule: schedules[row.Schedule]);
        Assert.NotEmpty(row.Points);
        foreach (var (step, expected) in row.Points)
        {
            var actual = path.Steps[step].Parameters;
            Assert.Equal(expected.Length, actual.Count);
            for (int k = 0; k < expected.Length; k++)
            {
                double error = Math.Abs(actual[k] - expected[k]) / Math.Max(1, Math.Abs(expected[k]));
                Assert.True(error <= row.ToleranceAt<T>(step),
                    $"{row} ({row.Source}), step {step}, parameter {k}: {actual[k]:R}, expected {expected[k]:R}.");
            }
        }
    }
}
