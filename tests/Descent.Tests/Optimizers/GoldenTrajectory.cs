using System.Globalization;
using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

/// <summary>Parameters after some steps of a rule on a test problem, computed by somebody else: the rows of Golden/*.tsv that differ in the
/// step alone.</summary>
public sealed record GoldenTrajectory(string Name, string Settings, string Problem, string Schedule, string Source,
    IReadOnlyDictionary<int, double[]> Points, IReadOnlyDictionary<int, (bool IsOfReference, double Value)> Tolerances)
{
    const double DoubleTolerance = 1e-10, FloatTolerance = 2e-5;

    static readonly Lazy<IReadOnlyList<GoldenTrajectory>> all = new(Read);

    public static IReadOnlyList<GoldenTrajectory> All => all.Value;

    /// <summary>Every rule of the catalog with its defaults and with the settings of its golden rows: what properties of all rules are
    /// tested on.</summary>
    public static TheoryData<string> AllSettings => [.. OptimizerCatalog.Default.Optimizers.Select(x => x.Name)
        .Concat(All.Select(x => $"{x.Name} {x.Settings}".Trim())).Distinct()];

    /// <summary>Those of them whose rules see each number by itself.</summary>
    public static TheoryData<string> CoordinateWiseSettings =>
        [.. AllSettings.Select(x => x.Data).Where(x => TestParameters.SeesCoordinatesAlone(Create(x)))];

    /// <summary>Of all settings, for every rule one setting for each set of states: what is enough where only the walk over memory is
    /// tested.</summary>
    public static TheoryData<string> AllLayouts =>
        [.. AllSettings.Select(x => x.Data).DistinctBy(x => (x.Split(' ')[0], string.Join(' ', Create(x).States)))];

    public static TheoryData<string> AllNames => [.. All.Select(x => x.ToString())];

    public IOptimizer Optimizer => Create($"{Name} {Settings}".Trim());

    public static GoldenTrajectory Find(string text) => All.Single(x => x.ToString() == text);

    /// <summary>From <c>sgd learning_rate=0.1 momentum=0.9</c>, with replacements.</summary>
    public static IOptimizer Create(string settings, params (string Name, object Value)[] replaced)
    {
        string[] words = settings.Split(' ');
        var values = words[1..].Select(x => x.Split('=')).ToDictionary(x => x[0], x => (object)x[1]);
        var rule = OptimizerCatalog.Default.Find(words[0]);
        foreach (var (name, value) in replaced.Where(x => rule.Hyperparameters.Any(y => y.Name == x.Name)))
        {
            values[name] = value;
        }

        return rule.Create(values);
    }

    public override string ToString() => $"{$"{Name} {Settings}".Trim()} on {Problem}, {Schedule}";

    static IReadOnlyList<GoldenTrajectory> Read() =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Optimizers", "Golden"), "*.tsv").Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines).Where(line => !line.StartsWith('#')).Select(line => line.Split('\t'))
            .GroupBy(x => (Name: x[0], Settings: x[1], Problem: x[2], Schedule: x[3], Source: x[5]))
            .Select(x => new GoldenTrajectory(x.Key.Name, x.Key.Settings, x.Key.Problem, x.Key.Schedule, x.Key.Source,
                x.ToDictionary(Step, Parameters), x.Where(row => row.Length > 7).ToDictionary(Step, Tolerance)))];

    static int Step(string[] row) => int.Parse(row[4], CultureInfo.InvariantCulture);

    /// <summary>How far a step may be from the row. Some references have a part in single precision (tolerance=…), and some rules magnify rounding,
    /// so that the reference itself goes further in single precision (float_tolerance=…).</summary>
    public double ToleranceAt<T>(int step)
    {
        bool isFloat = typeof(T) == typeof(float);
        double usual = isFloat ? FloatTolerance : DoubleTolerance;
        return Tolerances.TryGetValue(step, out var stated) && (isFloat || stated.IsOfReference) ? Math.Max(usual, stated.Value) : usual;
    }

    static (bool IsOfReference, double Value) Tolerance(string[] row)
    {
        string[] parts = row[7].Split('=');
        return (parts[0] == "tolerance", double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    static double[] Parameters(string[] row) => [.. row[6].Split(' ').Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
}
