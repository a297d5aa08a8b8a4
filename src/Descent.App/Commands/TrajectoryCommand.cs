using System.CommandLine;
using System.Globalization;
using Descent.Analysis;
using Descent.App.Options;
using Descent.App.Output;
using Descent.Optimizers;

namespace Descent.App.Commands;

/// <summary>Runs update rules on a test problem and prints where they go.</summary>
sealed class TrajectoryCommand : AppCommand
{
    const int DefaultSteps = 100, MostSteps = 10_000_000;

    readonly Argument<string[]> rules = new("rule")
    {
        Description = "Update rules. See: descent list optimizers.",
        Arity = ArgumentArity.OneOrMore,
    };

    readonly Option<string?> problem = ParsedOption.Text(
        "--on", "problem", "The test problem (default rosenbrock). See: descent list problems.");

    readonly Option<string?> start = ParsedOption.Text("--start", "x,y", "Where to start (default: the problem's own point).");

    readonly Option<int?> steps = ParsedOption.WholeNumber(
        "--steps", $"Steps to take (default {DefaultSteps}).", minimum: 0, maximum: MostSteps);

    readonly Option<string?> precision = ParsedOption.Choice(
        "--precision", "What the rule computes in (default float64).", "float32", "float64");

    public TrajectoryCommand(Surroundings surroundings)
        : base(surroundings, "trajectory", "The path of update rules on a test problem.",
            new Example("descent trajectory adam --on rosenbrock --set learning_rate=0.05 --steps 500",
                "Where Adam goes, and how far it comes."),
            new Example("descent trajectory sgd adam --on ravine --set learning_rate=0.01 --set sgd.momentum=0.9",
                "Two rules side by side; a key with a rule before it is for that rule alone."),
            new Example("descent trajectory rmsprop --on drift --steps 25 --json", "Every iterate with all its digits."))
    {
        Add(rules);
        Add(problem);
        Add(start);
        Add(steps);
        Add(surroundings.Shared.Set);
        Add(precision);
    }

    protected override int Run(Invocation invocation)
    {
        var on = TestProblem.Find(invocation.Get(problem) ?? "rosenbrock");
        string[] names = invocation.Get(rules)!;
        var values = (invocation.Get(invocation.Shared.Set) ?? []).Select(SetValue.Parse).ToList();
        var catalog = invocation.Optimizers();
        RequireMeaning(values, [.. names.Select(catalog.Find)]);
        var from = invocation.Get(start) is { } text ? Numbers(text) : null;
        int count = invocation.Get(steps) ?? DefaultSteps;
        bool isSingle = invocation.Get(precision) == "float32";
        var paths = names.Select(catalog.Find).Select(rule => rule.Create(ValuesOf(rule, values)))
            .Select(rule => isSingle ? Trajectory.Run<float>(rule, on, count, from) : Trajectory.Run<double>(rule, on, count, from));
        if (invocation.IsJson)
        {
            foreach (var path in paths)
            {
                Json.WriteLine(invocation.Terminal.Out, path);
            }
        }
        else
        {
            TrajectoryTable.Write([.. paths], on, invocation.Terminal);
        }

        return ExitCode.Success;
    }

    /// <summary>A bare key is for every rule that has it, and one must.</summary>
    static void RequireMeaning(List<SetValue> values, List<OptimizerDescription> rules)
    {
        foreach (var value in values)
        {
            if (value.Owner.Length > 0 && rules.TrueForAll(rule => rule.Name != value.Owner))
            {
                throw new BadInputException($"--set {value.Owner}.{value.Key}: {value.Owner} is not among the rules."
                    + NearestName.Hint(value.Owner, rules.Select(x => x.Name)));
            }

            var meant = rules.FindAll(rule => value.Owner.Length == 0 || rule.Name == value.Owner);
            if (!meant.Exists(rule => rule.Hyperparameters.Any(x => x.Name == value.Key)))
            {
                _ = meant[0].Hyperparameter(value.Key);
            }
        }
    }

    static Dictionary<string, object> ValuesOf(OptimizerDescription rule, List<SetValue> values)
    {
        var mine = new Dictionary<string, object>();
        foreach (var value in values.Where(x => x.Owner.Length == 0 || x.Owner == rule.Name).OrderBy(x => x.Owner.Length))
        {
            if (rule.Hyperparameters.Any(x => x.Name == value.Key))
            {
                mine[value.Key] = value.Value;
            }
        }

        return mine;
    }

    static double[] Numbers(string text) => [.. text.Split(',').Select(part =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number : throw new BadInputException($"--start must be numbers with commas between them, got \"{text}\"."))];
}
