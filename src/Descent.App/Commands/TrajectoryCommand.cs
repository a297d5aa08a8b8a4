using System.CommandLine;
using System.Globalization;
using Descent.Analysis;
using Descent.App.Options;
using Descent.App.Output;
using Descent.App.Results;
using Descent.Optimizers;
using Descent.Schedules;
using Descent.Studies.Pictures;

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

    readonly Option<string?> noise = ParsedOption.Text("--noise", "σ",
        "Standard deviation of noise in each coordinate of the gradients (default 0); the same for every rule.");

    readonly Option<bool> arrows = new("--arrows") { Description = "In the picture: gradients and steps as arrows, at some points." };

    public TrajectoryCommand(Surroundings surroundings)
        : base(surroundings, "trajectory", "The path of update rules on a test problem.",
            new Example("descent trajectory adam --on rosenbrock --set learning_rate=0.05 --steps 500",
                "Where Adam goes, and how far it comes."),
            new Example("descent trajectory sgd adam --on ravine --set learning_rate=0.01 --set sgd.momentum=0.9",
                "Two rules side by side; a key with a rule before it is for that rule alone."),
            new Example("descent trajectory rmsprop --on drift --steps 25 --json", "Every iterate with all its digits."),
            new Example("descent trajectory sgd adam --on beale --set learning_rate=0.01 --noise 2 --arrows -o paths.svg",
                "A picture: the paths over the contours, with noise in the gradients."))
    {
        Add(rules);
        Add(problem);
        Add(start);
        Add(steps);
        Add(surroundings.Shared.Set);
        Add(precision);
        Add(noise);
        Add(surroundings.Shared.Seed);
        Add(arrows);
        Add(surroundings.Shared.Output);
    }

    protected override int Run(Invocation invocation)
    {
        var on = TestProblem.Find(invocation.Get(problem) ?? "rosenbrock");
        var catalog = invocation.Optimizers();
        var named = invocation.Get(rules)!.Select(name => (name, catalog.Find(name))).ToList();
        var values = new RuleValues(invocation.Get(invocation.Shared.Set) ?? [], named);
        int count = invocation.Get(steps) ?? DefaultSteps;
        string? picture = invocation.OutputFile(invocation.Shared.Output, DrawingFile.Extension);
        var deviation = invocation.Get(noise) is { } text ? Deviation(text) : 0;
        var noisy = deviation > 0 ? new GradientNoise(deviation, invocation.Get(invocation.Shared.Seed) ?? 0) : null;
        var paths = named.Select(x => Walk(values.Create(x.name), on, count, values.Schedule(), noisy, invocation));
        if (picture is not null)
        {
            IReadOnlyList<Trajectory> drawn = [.. paths];
            var figure = new TrajectoryFigure { Problem = on, Paths = drawn, Noise = noisy, HasArrows = invocation.Get(arrows) };
            DrawingFile.Write(picture, figure.Build(), figure.Size);
            paths = drawn;
        }

        Print(paths, on, invocation);
        if (picture is not null)
        {
            invocation.Say($"\nPicture: {picture}");
        }

        return ExitCode.Success;
    }

    Trajectory Walk(IOptimizer optimizer, TestProblem on, int count, SchedulePlan? plan, GradientNoise? noisy, Invocation invocation)
    {
        var from = invocation.Get(start) is { } text ? Numbers(text) : null;
        var run = plan is null ? null : new ScheduleRun(plan, Math.Max(1, count), Math.Max(1, count));
        Func<int, double>? factor = run is null ? null : step => run.Factor(step);
        return invocation.Get(precision) == "float32"
            ? Trajectory.Run<float>(optimizer, on, count, from, factor, noisy) : Trajectory.Run<double>(optimizer, on, count, from, factor, noisy);
    }

    static void Print(IEnumerable<Trajectory> paths, TestProblem on, Invocation invocation)
    {
        if (!invocation.IsJson)
        {
            TrajectoryTable.Write([.. paths], on, invocation.Terminal);
            return;
        }

        foreach (var path in paths)
        {
            Json.WriteLine(invocation.Terminal.Out, path);
        }
    }

    static double Deviation(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= 0 && double.IsFinite(number) ? number
            : throw new BadInputException($"--noise must be a number of at least 0, got \"{text}\".");

    static double[] Numbers(string text) => [.. text.Split(',').Select(part =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number : throw new BadInputException($"--start must be numbers with commas between them, got \"{text}\"."))];
}
