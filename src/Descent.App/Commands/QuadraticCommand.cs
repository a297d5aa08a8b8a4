using System.CommandLine;
using Descent.Analysis;
using Descent.App.Options;
using Descent.App.Output;
using Descent.App.Results;
using Descent.Studies.Charts.Svg;
using Descent.Studies.Pictures;

namespace Descent.App.Commands;

/// <summary>Shows how fast a method converges on quadratics of a condition: constants, roots, the bound, and a run beside it.</summary>
sealed class QuadraticCommand : AppCommand
{
    const int DefaultSteps = 200, MostSteps = 100_000, DefaultConvexSteps = 1000, MostConvexSteps = 10_000;
    const double DefaultCondition = 100, ConvexPixelHeight = 340;

    readonly Option<double?> condition = ParsedOption.PositiveNumber("--condition", $"Ratio of the largest to the least curvature (default {DefaultCondition}).");

    readonly Option<string?> method = ParsedOption.Choice("--optimizer", "The method (default heavy-ball).", QuadraticMethod.Names);

    readonly Option<int?> steps = ParsedOption.WholeNumber("--steps", $"Steps of the run (default {DefaultSteps}).", maximum: MostSteps);

    readonly Option<bool> convex = new("--convex")
    {
        Description = $"Curvatures down to almost 0: gradient descent's 1/t beside 1/t² of Nesterov's method (default {DefaultConvexSteps} steps).",
    };

    public QuadraticCommand(Surroundings surroundings)
        : base(surroundings, "quadratic", "Convergence on quadratics: constants, roots, and a run against its bound.",
            new Example("descent quadratic --condition 100 --optimizer heavy-ball", "The square root of the condition is what counts."),
            new Example("descent quadratic --condition 100 --optimizer heavy-ball --set momentum=0.9", "With another momentum than the best."),
            new Example("descent quadratic --condition 1e4 --optimizer nesterov --steps 2000 -o run.svg", "A picture of run and bound."),
            new Example("descent quadratic --convex -o convex.svg", "Where no condition helps: 1/t against 1/t²."))
    {
        Add(condition);
        Add(method);
        Add(steps);
        Add(convex);
        Add(surroundings.Shared.Set);
        Add(surroundings.Shared.Output);
    }

    protected override int Run(Invocation invocation)
    {
        if (invocation.Get(convex))
        {
            return RunConvex(invocation);
        }

        string name = invocation.Get(method) ?? QuadraticMethod.HeavyBall;
        var chosen = WithValues(QuadraticMethod.Optimal(name, invocation.Get(condition) ?? DefaultCondition), invocation.Get(invocation.Shared.Set) ?? []);
        string? picture = invocation.OutputFile(invocation.Shared.Output, DrawingFile.Extension);
        var run = chosen.Run(invocation.Get(steps) ?? DefaultSteps);
        if (picture is not null)
        {
            DrawingFile.Write(picture, QuadraticFigure.Of(chosen, run), new SvgOptions());
        }

        double[] bound = [.. Enumerable.Range(0, run.Count).Select(chosen.Bound)];
        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, new Entry(name, chosen.Condition, chosen.LearningRate, chosen.Momentum, chosen.Rate,
                QuadraticMethod.OptimalRate(name, chosen.Condition), [.. Shown(chosen).Select(x => RootEntry.Of(chosen, x))], run, bound));
            return ExitCode.Success;
        }

        Write(chosen, run, bound, invocation.Terminal);
        if (picture is not null)
        {
            invocation.Say($"\nPicture: {picture}");
        }

        return ExitCode.Success;
    }

    int RunConvex(Invocation invocation)
    {
        if (invocation.Get(condition) is not null || invocation.Get(method) is not null || invocation.Get(invocation.Shared.Set) is { Length: > 0 })
        {
            throw new BadInputException("--convex runs gradient descent and Nesterov's method with the constants of their bounds: leave out --condition, --optimizer and --set.");
        }

        int count = invocation.Get(steps) ?? DefaultConvexSteps;
        if (count > MostConvexSteps)
        {
            throw new BadInputException($"--steps must be a whole number of at most {MostConvexSteps} with --convex, got \"{count}\".");
        }

        string? picture = invocation.OutputFile(invocation.Shared.Output, DrawingFile.Extension);
        var report = new ConvexReport(count);
        if (picture is not null)
        {
            DrawingFile.Write(picture, report.Figure, new SvgOptions { PanelHeight = ConvexPixelHeight });
        }

        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, report.Entry);
            return ExitCode.Success;
        }

        report.Write(invocation.Terminal);
        if (picture is not null)
        {
            invocation.Say($"\nPicture: {picture}");
        }

        return ExitCode.Success;
    }

    static QuadraticMethod WithValues(QuadraticMethod method, IEnumerable<string> given)
    {
        string[] known = method.Name == QuadraticMethod.GradientDescent ? ["learning_rate"] : ["learning_rate", "momentum"];
        foreach (var value in given.Select(SetValue.Parse))
        {
            if (!known.Contains(value.Key))
            {
                throw new BadInputException($"{method.Name} has no hyperparameter \"{value.Key}\".{NearestName.Hint(value.Key, known)}");
            }

            double number = double.TryParse(value.Value, System.Globalization.CultureInfo.InvariantCulture, out double parsed) ? parsed : double.NaN;
            bool isRate = value.Key == "learning_rate";
            if (!(isRate ? number > 0 && double.IsFinite(number) : number is >= 0 and < 1))
            {
                throw new BadInputException($"{method.Name}: {value.Key} must be {(isRate ? "positive" : "in [0, 1)")}, got \"{value.Value}\".");
            }

            method = isRate ? method with { LearningRate = number } : method with { Momentum = number };
        }

        return method;
    }

    static void Write(QuadraticMethod method, IReadOnlyList<double> run, double[] bound, Terminal terminal)
    {
        double best = QuadraticMethod.OptimalRate(method.Name, method.Condition);
        new FactSheet().Add("Method", $"{method.Name} on curvatures from 1 to {Format.Number(method.Condition)}")
            .Add("Learning rate", Format.Number(method.LearningRate)).Add("Momentum", method.Name == QuadraticMethod.GradientDescent ? null : Format.Number(method.Momentum))
            .Add("Rate", $"{Format.Fixed(method.Rate, 6)} a step in the worst case{(method.Rate < 1 ? $": {Format.Number(-Math.Log(10) / Math.Log(method.Rate))} steps for a digit" : ", so it does not converge")}")
            .Add("Best rate", $"{Format.Fixed(best, 6)} of {method.Name}; {Format.Fixed(QuadraticMethod.OptimalRate(QuadraticMethod.GradientDescent, method.Condition), 6)} of gradient descent").Write(terminal);
        terminal.Out.WriteLine();
        var roots = new TextTable(new("Curvature", ColumnKind.Number), new("Roots", ColumnKind.Name), new("Largest |root|", ColumnKind.Number));
        foreach (double x in Shown(method))
        {
            roots.Row(Format.Number(x), string.Join(", ", method.Roots(x).Select(Told)), Format.Fixed(method.Roots(x).Max(System.Numerics.Complex.Abs), 6));
        }

        roots.Write(terminal);
        terminal.Out.WriteLine();
        var table = new TextTable(new("Step", ColumnKind.Number), new("Distance of the run", ColumnKind.Number), new("Bound", ColumnKind.Number));
        for (int t = 1; t < run.Count; t = t * 10 < run.Count ? t * 10 : t < run.Count - 1 ? run.Count - 1 : run.Count)
        {
            table.Row(Format.Count(t), Format.Number(run[t]), Format.Number(bound[t]));
        }

        table.Write(terminal);
    }

    static double[] Shown(QuadraticMethod method) => [1, Math.Sqrt(method.Condition), method.Condition];

    static string Told(System.Numerics.Complex root) => Math.Abs(root.Imaginary) < 1e-12 ? Format.Number(root.Real)
        : $"{Format.Number(root.Real)} {(root.Imaginary < 0 ? "−" : "+")} {Format.Number(Math.Abs(root.Imaginary))}i";

    /// <param name="Rate">The largest |root| over all curvatures.</param>
    /// <param name="Distances">Of the run from the minimum, of that at the start; from step 0 on.</param>
    /// <param name="Bounds">No run is farther away.</param>
    sealed record Entry(string Optimizer, double Condition, double LearningRate, double Momentum, double Rate, double OptimalRate, IReadOnlyList<RootEntry> Roots,
        IReadOnlyList<double> Distances, IReadOnlyList<double> Bounds);

    /// <param name="Roots">Real and imaginary part of each.</param>
    sealed record RootEntry(double Curvature, IReadOnlyList<double[]> Roots)
    {
        public static RootEntry Of(QuadraticMethod method, double curvature) =>
            new(curvature, [.. method.Roots(curvature).Select(x => new[] { x.Real, x.Imaginary })]);
    }
}
