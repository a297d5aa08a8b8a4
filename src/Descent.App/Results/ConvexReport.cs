using Descent.Analysis;
using Descent.App.Output;
using Descent.Studies.Charts;
using Descent.Studies.Pictures;

namespace Descent.App.Results;

/// <summary>Gradient descent and Nesterov's method on convex quadratics, for people and for machines; losses above the minimum in units of L·R².</summary>
sealed class ConvexReport
{
    readonly List<(ConvexQuadratic Problem, IReadOnlyList<double> Descent, IReadOnlyList<double> Nesterov)> runs;
    readonly int steps;

    public ConvexReport(int steps)
    {
        this.steps = steps;
        runs = [.. new[] { ConvexQuadratic.OfEvenRatios(), ConvexQuadratic.OfChain(steps) }.Select(problem =>
            (problem, Heights(problem, QuadraticMethod.GradientDescent), Heights(problem, QuadraticMethod.Nesterov)))];
    }

    public Figure Figure => ConvexFigure.Of(runs);

    public object Entry => new ConvexEntry(steps, [.. runs.Select(run => new ConvexProblemEntry(run.Problem.Name, run.Problem.Curvatures.Count, run.Problem.SquaredDistance,
        Of(run.Problem, QuadraticMethod.GradientDescent, run.Descent), Of(run.Problem, QuadraticMethod.Nesterov, run.Nesterov),
        run.Problem.Floor(1) is null ? null : [.. Enumerable.Range(0, steps + 1).Select(t => run.Problem.Floor(t)!.Value / run.Problem.SquaredDistance)]))]);

    public void Write(Terminal terminal)
    {
        foreach (var (i, run) in runs.Index())
        {
            if (i > 0)
            {
                terminal.Out.WriteLine();
            }

            var problem = run.Problem;
            bool hasFloor = problem.Floor(1) is not null;
            Painter.WriteText(terminal, hasFloor ? $"Nesterov's worst function of {Format.Count(problem.Curvatures.Count)} numbers:" : "Curvatures at equal ratios from 1e-12 to 1, as much of the distance along each:");
            List<TextColumn> columns = [new("Step", ColumnKind.Number), new("Gradient descent", ColumnKind.Number), new("At most", ColumnKind.Number), new("Nesterov", ColumnKind.Number), new("At most", ColumnKind.Number)];
            var table = new TextTable([.. hasFloor ? columns.Append(new("Any method, at least", ColumnKind.Number)) : columns]);
            foreach (int t in Told())
            {
                List<string> row = [Format.Count(t), Format.Number(run.Descent[t]), Format.Number(Bound(problem, QuadraticMethod.GradientDescent, t)), Format.Number(run.Nesterov[t]),
                    Format.Number(Bound(problem, QuadraticMethod.Nesterov, t))];
                table.Row([.. problem.Floor(t) is { } floor ? row.Append(Format.Number(floor / problem.SquaredDistance)) : row]);
            }

            table.Write(terminal);
            if (steps >= 10)
            {
                Painter.WriteText(terminal, $"Over the last tenfold of steps f − f* falls like 1/t^{Format.Fixed(-Exponent(run.Descent), 2)} and 1/t^{Format.Fixed(-Exponent(run.Nesterov), 2)}.");
            }
        }
    }

    IReadOnlyList<double> Heights(ConvexQuadratic problem, string method) => [.. problem.Run(method, steps).Select(height => height / problem.SquaredDistance)];

    static double Bound(ConvexQuadratic problem, string method, int t) => problem.Bound(method, t) / problem.SquaredDistance;

    double Exponent(IReadOnlyList<double> heights) => Math.Log(heights[steps] / heights[steps / 10]) / Math.Log((double)steps / (steps / 10));

    IEnumerable<int> Told()
    {
        for (int t = 1; t < steps; t *= 10)
        {
            yield return t;
        }

        yield return steps;
    }

    ConvexMethodEntry Of(ConvexQuadratic problem, string method, IReadOnlyList<double> heights) =>
        new(steps >= 10 ? Exponent(heights) : null, heights, [.. Enumerable.Range(0, steps + 1).Select(t => Bound(problem, method, t))]);

    sealed record ConvexEntry(int Steps, IReadOnlyList<ConvexProblemEntry> Problems);

    /// <param name="SquaredDistance">R², by which all is divided.</param>
    /// <param name="Floors">No method along gradients is lower; null where none is known.</param>
    sealed record ConvexProblemEntry(string Problem, int Numbers, double SquaredDistance, ConvexMethodEntry GradientDescent, ConvexMethodEntry Nesterov, IReadOnlyList<double>? Floors);

    /// <param name="Exponent">Of the steps, over the last tenfold.</param>
    /// <param name="Heights">f(xₜ) − f*, from step 0 on.</param>
    sealed record ConvexMethodEntry(double? Exponent, IReadOnlyList<double> Heights, IReadOnlyList<double> Bounds);
}
