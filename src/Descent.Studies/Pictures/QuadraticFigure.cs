using Descent.Analysis;
using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>A method on quadratics as a picture: its run below the bound, and its largest root over the curvatures.</summary>
public static class QuadraticFigure
{
    const int Curvatures = 201;

    public static Figure Of(QuadraticMethod method, IReadOnlyList<double> run)
    {
        double[] steps = [.. Enumerable.Range(0, run.Count).Select(t => (double)t)];
        double[] curvatures = [.. Enumerable.Range(0, Curvatures).Select(i => Math.Pow(method.Condition, (double)i / (Curvatures - 1)))];
        return new()
        {
            Data =
            [
                new ScatterTrace { Name = "run", X = steps, Y = run.ToArray(), Line = Palette.Line(0) },
                new ScatterTrace { Name = "bound", X = steps, Y = Array.ConvertAll(steps, t => method.Bound((int)t)), Line = Palette.Line(1) },
                new ScatterTrace { Name = "ρᵗ", X = steps, Y = Array.ConvertAll(steps, t => Math.Pow(method.Rate, t)), Line = Palette.Line(2) },
                new ScatterTrace
                {
                    Name = "largest |root|", Panel = 2, X = curvatures, Y = Array.ConvertAll(curvatures, x => method.Roots(x).Max(System.Numerics.Complex.Abs)), Line = Palette.Line(3),
                },
            ],
            Layout = new()
            {
                Title = $"{method.Name} on quadratics of condition {Numbers.Significant(method.Condition, 4)}",
                Subtitle = $"Learning rate {Numbers.Significant(method.LearningRate, 4)}, momentum {Numbers.Significant(method.Momentum, 4)}: ρ = {Numbers.Significant(method.Rate, 5)}.",
                Columns = 2,
                Panels =
                [
                    new() { Title = "Distance from the minimum, of that at the start", X = new() { Title = "step" }, Y = new() { Type = AxisType.Log } },
                    new() { Title = "Largest root along each eigenvector", X = new() { Title = "curvature", Type = AxisType.Log }, ReferenceLines = [new(AxisLetter.Y, method.Rate, "ρ")] },
                ],
            },
        };
    }
}
