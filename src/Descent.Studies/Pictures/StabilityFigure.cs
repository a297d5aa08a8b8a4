using Descent.Analysis;
using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>Where a rule is stable: the spectral radius over learning rate times curvature and momentum, with the limit as computed and as theory gives it.</summary>
public static class StabilityFigure
{
    const double Highest = 1.5, Spacing = 0.1;

    /// <param name="map">Of a rule with a momentum.</param>
    /// <param name="point">A run's own η·h and momentum, to be drawn on it; null for none.</param>
    public static Figure Of(StabilityMap map, (double RateTimesCurvature, double Momentum)? point)
    {
        string momentum = map.MomentumName ?? throw new BadInputException($"{map.Rule} has no momentum, so its region is a single number, {Numbers.Significant(map.Limits[0], 4)}: no picture.");
        string curvature = map.HoldsSecondMoment ? "learning rate × h/√v" : "learning rate × h";
        return new()
        {
            Data =
            [
                new ContourTrace
                {
                    Name = "spectral radius",
                    X = map.RatesTimesCurvature.ToArray(),
                    Y = map.Momenta.ToArray(),
                    Z = [.. map.Radii.Select(row => Column.Of([.. row.Select(x => Math.Min(x, Highest))]))],
                    Contours = new(Spacing, Highest - Spacing, Spacing),
                    ShowsLegend = false,
                },
                Line("limit, from the rule's own step", map, map.Limits.Select(x => (double?)x), new(Palette.Color(1))),
                .. map.ClosedForms.Any(x => x is not null) ? [Line("limit, closed form", map, map.ClosedForms, new(Palette.Color(0), 3, Dash.Dotted))] : Array.Empty<Trace>(),
                .. point is { } run ? [new ScatterTrace
                {
                    Name = "the run", X = new[] { run.RateTimesCurvature }, Y = new[] { run.Momentum }, Mode = ScatterMode.Markers, Marker = new(Palette.Color(4), 10, MarkerSymbol.Diamond),
                }] : Array.Empty<Trace>(),
            ],
            Layout = new()
            {
                Title = $"Where {map.Rule} is stable on a quadratic",
                Subtitle = $"Lines of equal spectral radius of a step, {Numbers.Significant(Spacing, 1)} apart, the darker the higher; left of the limit it is below 1 and the rule converges.",
                Panels =
                [
                    new()
                    {
                        X = new() { Title = curvature, Minimum = map.RatesTimesCurvature[0], Maximum = map.RatesTimesCurvature[^1] },
                        Y = new() { Title = momentum, Minimum = map.Momenta[0], Maximum = map.Momenta[^1] },
                    },
                ],
            },
        };
    }

    static ScatterTrace Line(string name, StabilityMap map, IEnumerable<double?> limits, Line line)
    {
        var shown = limits.Zip(map.Momenta).Where(x => x.First is { } limit && limit <= map.RatesTimesCurvature[^1]).ToList();
        return new() { Name = name, X = shown.Select(x => x.First!.Value).ToArray(), Y = shown.Select(x => x.Second).ToArray(), Line = line };
    }
}
