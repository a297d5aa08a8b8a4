using System.Globalization;
using Descent.Schedules;

namespace Descent.Tests.Schedules;

/// <summary>Schedules against PyTorch: the rows of Golden/schedules.tsv.</summary>
public class ScheduleGoldenTests
{
    const double Tolerance = 1e-14;

    static readonly string[][] rows =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Schedules", "Golden", "schedules.tsv"))
            .Where(line => !line.StartsWith('#')).Select(line => line.Split('\t'))];

    public static TheoryData<string, string> Rows => [.. rows.Select(row => (row[0], row[1]))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void EveryFactorAgrees(string schedule, string settings)
    {
        var row = rows.Single(x => x[0] == schedule && x[1] == settings);
        long steps = long.Parse(row[2], CultureInfo.InvariantCulture);
        double[] measured = Numbers(row[4]), expected = Numbers(row[5]);
        var run = new ScheduleRun(Plan(schedule, settings), steps, stepsPerEpoch: 1);

        Assert.True(expected.Length >= 7);
        for (int step = 0; step < expected.Length; step++)
        {
            double actual = run.Factor(step);
            Assert.True(Math.Abs(actual - expected[step]) <= Tolerance, $"{row[3]}, step {step}: {actual:R}, expected {expected[step]:R}.");
            if (measured.Length > 0)
            {
                run.Observe(measured[step]);
            }
        }
    }

    [Theory]
    [InlineData("step")]
    [InlineData("multi-step")]
    [InlineData("exponential")]
    [InlineData("linear")]
    [InlineData("cosine")]
    [InlineData("cosine-restarts")]
    [InlineData("one-cycle")]
    [InlineData("reduce-on-plateau")]
    public void EveryHyperparameterOfAScheduleThatPyTorchHasIsMovedByARow(string schedule) =>
        Assert.All(ScheduleCatalog.Default.Find(schedule).Hyperparameters, hyperparameter =>
            Assert.Contains(rows, row => row[0] == schedule && row[1].Contains($"{hyperparameter.Name}=")));

    internal static SchedulePlan Plan(string schedule, string settings) => SchedulePlan.Create(schedule,
        settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(x => x.Split('=')).ToDictionary(x => x[0], x => (object)x[1]));

    static double[] Numbers(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
}
