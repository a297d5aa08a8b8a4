using Descent.Analysis;
using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>Where a rule is stable: the spectral radius over learning rate times curvature and momentum, with the limit as computed and as theory gives it.</summary>
public static class StabilityFigure
{
    const double Highest = 1.5, Spacing = 0.1;

    /// <param name="map">Of a rule with a momentum.</param>
    /// <param name="run">A run's η·h, from its first reading to its last, to be drawn on it; empty for none.</param>
    /// <param name="ownMomentum">Of the run.</param>
    public static Figure Of(StabilityMap map, IReadOnlyList<double> run, double ownMomentum)
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
                .. Run(run, ownMomentum),
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

    /// <summary>The readings lie on the line of the run's momentum; the last one is larger.</summary>
    static IEnumerable<Trace> Run(IReadOnlyList<double> run, double momentum)
    {
        if (run.Count > 1)
        {
            yield return Markers("readings of the run", run, momentum, 5, MarkerSymbol.Circle);
        }

        if (run.Count > 0)
        {
            yield return Markers(run.Count > 1 ? "the last reading" : "the run", [run[^1]], momentum, 12, MarkerSymbol.Diamond);
        }
    }

    static ScatterTrace Markers(string name, IReadOnlyList<double> run, double momentum, double size, MarkerSymbol symbol) => new()
    {
        Name = name,
        X = run.ToArray(),
        Y = run.Select(_ => momentum).ToArray(),
        Mode = ScatterMode.Markers,
        Marker = new(Palette.Color(4), size, symbol),
    };

    static ScatterTrace Line(string name, StabilityMap map, IEnumerable<double?> limits, Line line)
    {
        var shown = limits.Zip(map.Momenta).Where(x => x.First is { } limit && limit <= map.RatesTimesCurvature[^1]).ToList();
        return new() { Name = name, X = shown.Select(x => x.First!.Value).ToArray(), Y = shown.Select(x => x.Second).ToArray(), Line = line };
    }
}
