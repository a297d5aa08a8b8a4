using System.CommandLine;
using Descent.Analysis;
using Descent.App.Options;
using Descent.App.Output;
using Descent.App.Results;
using Descent.Optimizers;
using Descent.Schedules;
using Descent.Studies.Charts.Svg;
using Descent.Studies.Pictures;

namespace Descent.App.Commands;

/// <summary>Runs two rules on one stream of gradients and prints where they part.</summary>
sealed class DiffCommand : AppCommand
{
    const int DefaultSteps = 100, MostSteps = 1_000_000;

    readonly Argument<string> first = new("rule") { Description = "An update rule. See: descent list optimizers." };

    readonly Argument<string> second = new("other") { HelpName = "other rule", Description = "Another one, or the same with other values." };

    readonly Option<string?> problem = ParsedOption.Text(
        "--on", "problem", "The test problem (default drift). See: descent list problems.");

    readonly Option<int?> steps = ParsedOption.WholeNumber("--steps", $"Steps to take (default {DefaultSteps}).", maximum: MostSteps);

    readonly Option<string?> precision = ParsedOption.Choice(
        "--precision", "What the rules compute in (default float64).", "float32", "float64");

    readonly Option<bool> ownGradients = new("--own-gradients")
    {
        Description = "Each rule takes the gradients at its own place, in place of one stream for both.",
    };

    public DiffCommand(Surroundings surroundings)
        : base(surroundings, "diff", "Two update rules on one stream of gradients: the step where they part, and how the gap grows.",
            new Example("descent diff adam amsgrad --on drift", "Where the maximum begins to matter."),
            new Example("descent diff sgd sgd --set momentum=0.9 --set second.nesterov=true", "One rule with two values."),
            new Example("descent diff adam adam-keras --set learning_rate=0.01 --steps 25 --json", "Every step's gap with all its digits."),
            new Example("descent diff rmsprop rmsprop-keras -o gap.svg", "A picture of the gap."))
    {
        Add(first);
        Add(second);
        Add(problem);
        Add(steps);
        Add(surroundings.Shared.Set);
        Add(precision);
        Add(ownGradients);
        Add(surroundings.Shared.Output);
    }

    protected override int Run(Invocation invocation)
    {
        var on = TestProblem.Find(invocation.Get(problem) ?? "drift");
        var catalog = invocation.Optimizers();
        var rules = (First: catalog.Find(invocation.Get(first)!), Second: catalog.Find(invocation.Get(second)!));
        var values = new RuleValues(invocation.Get(invocation.Shared.Set) ?? [], [("first", rules.First), ("second", rules.Second)]);
        string? picture = invocation.OutputFile(invocation.Shared.Output, DrawingFile.Extension);
        var optimizers = (values.Create("first"), values.Create("second"));
        var difference = invocation.Get(precision) == "float32" ? Compare<float>(optimizers, on, values.Schedule(), invocation)
            : Compare<double>(optimizers, on, values.Schedule(), invocation);
        if (picture is not null)
        {
            DrawingFile.Write(picture, DifferenceFigure.Of(difference), new SvgOptions());
        }

        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, Entry.Of(difference, invocation.Get(ownGradients) ? "own" : "one stream", DifferenceTable.Reason(rules)));
            return ExitCode.Success;
        }

        string stream = invocation.Get(ownGradients) ? "each with the gradients at its own place"
            : $"both with the gradients along {(rules.First.Name == rules.Second.Name ? "the first" : rules.First.Name)}'s path";
        DifferenceTable.Write(difference, stream, rules, invocation.Terminal);
        if (picture is not null)
        {
            invocation.Say($"\nPicture: {picture}");
        }

        return ExitCode.Success;
    }

    RuleDifference Compare<T>((IOptimizer First, IOptimizer Second) rules, TestProblem on, SchedulePlan? plan, Invocation invocation)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        int count = invocation.Get(steps) ?? DefaultSteps;
        var run = plan is null ? null : new ScheduleRun(plan, count, count);
        Func<int, double>? factor = run is null ? null : step => run.Factor(step);
        return !invocation.Get(ownGradients) ? RuleDifference.OnOneStream<T>(rules, on, count, factor)
            : RuleDifference.Of(Trajectory.Run<T>(rules.First, on, count, schedule: factor), Trajectory.Run<T>(rules.Second, on, count, schedule: factor),
                RuleDifference.DefaultTolerance<T>());
    }

    /// <param name="Gradients">one stream, or own.</param>
    /// <param name="Difference">What the rules' descriptions say of it; null where they say nothing.</param>
    /// <param name="PartsAtStep">Null where the gap stays within the tolerance.</param>
    sealed record Entry(RuleEntry First, RuleEntry Second, string Problem, string Precision, string Gradients, string? Difference, double Tolerance,
        int? PartsAtStep, int EqualBitsUntil, IReadOnlyList<DifferenceStep> Steps)
    {
        public static Entry Of(RuleDifference x, string gradients, string? difference) => new(RuleEntry.Of(x.First), RuleEntry.Of(x.Second),
            x.First.Problem, x.First.Precision, gradients, difference, x.Tolerance, x.PartsAtStep, x.EqualBitsUntil, x.Steps);
    }

    sealed record RuleEntry(string Optimizer, OrderedDictionary<string, object> Hyperparameters, int? DivergedAt)
    {
        public static RuleEntry Of(Trajectory path) => new(path.Optimizer, path.Hyperparameters, path.DivergedAt);
    }
}
