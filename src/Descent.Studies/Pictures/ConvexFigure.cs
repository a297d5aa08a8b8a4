using Descent.Analysis;
using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>Runs on convex quadratics beside the bounds 1/t and 1/t², on log axes, where a power is a straight line.</summary>
public static class ConvexFigure
{
    /// <param name="runs">Of each quadratic the heights of gradient descent and of Nesterov's method, from the start on, in units of L·R².</param>
    public static Figure Of(IReadOnlyList<(ConvexQuadratic Problem, IReadOnlyList<double> Descent, IReadOnlyList<double> Nesterov)> runs) => new()
    {
        Data = [.. runs.SelectMany((run, i) => Traces(run.Problem, run.Descent, run.Nesterov, i))],
        Layout = new()
        {
            Title = "Convex, and not strongly: 1/t against 1/t²",
            Subtitle = "Loss above the minimum in units of L·R² over the steps, both on log axes. Dashed: what no run on any convex function of this smoothness and distance exceeds. "
                + "Dotted: what no method along gradients goes below on the chain.",
            Columns = 2,
            Panels = [.. runs.Select(run => new Panel
            {
                Title = run.Problem.Name == ConvexQuadratic.Chain ? $"Nesterov's worst function, {run.Problem.Curvatures.Count} numbers" : "Curvatures at equal ratios",
                X = new() { Title = "step", Type = AxisType.Log },
                Y = new() { Type = AxisType.Log },
            })],
        },
    };

    static IEnumerable<Trace> Traces(ConvexQuadratic problem, IReadOnlyList<double> descent, IReadOnlyList<double> nesterov, int place)
    {
        int[] steps = [.. Enumerable.Range(1, descent.Count - 1)];
        double unit = problem.SquaredDistance;
        yield return Line("gradient descent", t => descent[t], new(Palette.Color(0)));
        yield return Line("at most, 1/(4t + 2)", t => problem.Bound(QuadraticMethod.GradientDescent, t) / unit, new(Palette.Color(0), 1.5, Dash.Dashed));
        yield return Line("Nesterov's method", t => nesterov[t], new(Palette.Color(1)));
        yield return Line("at most, 2/(t + 1)²", t => problem.Bound(QuadraticMethod.Nesterov, t) / unit, new(Palette.Color(1), 1.5, Dash.Dashed));
        if (problem.Floor(1) is not null)
        {
            yield return Line("any method, at least", t => problem.Floor(t)!.Value / unit, new(Palette.Color(6), 1.5, Dash.Dotted)) with { ShowsLegend = true };
        }

        ScatterTrace Line(string name, Func<int, double> height, Line line) => new()
        {
            Name = name,
            Panel = place + 1,
            X = Array.ConvertAll(steps, t => (double)t),
            Y = Array.ConvertAll(steps, t => height(t)),
            Line = line,
            ShowsLegend = place == 0,
        };
    }
}
