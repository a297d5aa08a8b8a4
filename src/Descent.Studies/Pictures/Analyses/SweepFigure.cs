using Descent.Analysis;
using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>A learning-rate range test as a picture.</summary>
public static class SweepFigure
{
    const double Room = 1.15;

    public static Figure Draw(LearningRateSweep sweep, string place)
    {
        double start = sweep.Mean[0], top = Room * Math.Max(start, sweep.Mean.Take(sweep.Mean.Count / 2).Max());
        return new Figure
        {
            Data =
            [
                .. sweep.Seeds.Select(seed => new ScatterTrace
                {
                    Name = $"seed {seed.Seed}, smoothed",
                    X = seed.Rates.ToArray(),
                    Y = seed.Smoothed.ToArray(),
                    Line = new(Palette.Color(1), 1.1),
                    ShowsLegend = false,
                }),
                new ScatterTrace { Name = $"mean of {sweep.Seeds.Count} seeds, smoothed", X = sweep.Rates.ToArray(), Y = sweep.Mean.ToArray(), Line = new(Palette.Color(0), 2.5) },
            ],
            Layout = new()
            {
                Title = "Learning-rate range test",
                Subtitle = $"{place}. Suggested {Numbers.Significant(sweep.Suggestion, 2)}: {LearningRateSweep.Rule}.",
                Panels =
                [
                    new()
                    {
                        X = new() { Title = "learning rate", Type = AxisType.Log, Minimum = sweep.Rates[0], Maximum = sweep.Seeds.Max(x => x.Rates[^1]) },
                        Y = new() { Title = "loss of the batch", Minimum = 0, Maximum = top },
                        ReferenceLines = [new(AxisLetter.X, sweep.Suggestion, "suggested"), new(AxisLetter.X, sweep.Least, "least loss")],
                    },
                ],
            },
        };
    }
}
