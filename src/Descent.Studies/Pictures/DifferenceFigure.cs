using Descent.Analysis;
using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>Two rules side by side as a picture: the gap between them, and the lengths of their steps.</summary>
public static class DifferenceFigure
{
    public static Figure Of(RuleDifference difference)
    {
        var (first, second) = (difference.First.Optimizer, difference.Second.Optimizer);
        double[] steps = [.. difference.Steps.Select(step => (double)step.Step)];
        return new()
        {
            Data =
            [
                Line("gap", 6, 1, step => step.RelativeGap) with { Line = new(Palette.Color(6)) },
                Line(first, 0, 2, step => step.FirstStepLength),
                Line(second == first ? $"{second}, the second" : second, 1, 2, step => step.SecondStepLength),
            ],
            Layout = new()
            {
                Title = $"{first} and {second} on {difference.First.Problem}",
                Subtitle = difference.PartsAtStep is { } parts
                    ? $"They part at step {parts}{(parts == 1 ? "" : ": before, the gap is rounding")}. At the end it is {Share(difference)} of the way that {first} has come."
                    : $"They do not part within {steps.Length} steps: the gap is rounding.",
                Columns = 2,
                Panels =
                [
                    new()
                    {
                        Title = "Gap between the parameters",
                        X = new() { Title = "step" },
                        Y = new() { Title = $"share of the way that {first} has come", Type = AxisType.Log },
                        ReferenceLines = difference.PartsAtStep is { } at ? [new(AxisLetter.X, at, $"step {at}")] : [],
                    },
                    new() { Title = "Length of the step", X = new() { Title = "step" }, Y = new() { Type = AxisType.Log } },
                ],
            },
        };

        ScatterTrace Line(string name, int series, int panel, Func<DifferenceStep, double> value) => new()
        {
            Name = name,
            Panel = panel,
            X = steps,
            Y = difference.Steps.Select(value).ToArray(),
            Line = Palette.Line(series),
            ShowsLegend = panel == 2,
        };
    }

    static string Share(RuleDifference difference) => $"{Numbers.Significant(100 * difference.Steps[^1].RelativeGap, 3)} %";
}
