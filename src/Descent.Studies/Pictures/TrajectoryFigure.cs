using System.Globalization;
using Descent.Analysis;
using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;

namespace Descent.Studies.Pictures;

/// <summary>Paths of optimizers on a test problem as a picture: over the contours where the problem has two parameters, otherwise their losses over
/// the steps.</summary>
public sealed record TrajectoryFigure
{
    const double PixelWidth = 700, PixelHeight = 520, GradientPixels = 46;
    const int MostMarkedSteps = 60, MostArrows = 14;
    const double SecondsPerStep = 0.12, ShortestRun = 3, LongestRun = 12;

    public required TestProblem Problem { get; init; }

    public required IReadOnlyList<Trajectory> Paths { get; init; }

    /// <summary>In the gradients that the optimizers saw; null for none.</summary>
    public GradientNoise? Noise { get; init; }

    /// <summary>Whether gradients and steps are drawn as arrows at some points.</summary>
    public bool HasArrows { get; init; }

    /// <summary>How large it should be drawn.</summary>
    public SvgOptions Size => Problem.Dimension == 2 ? new() { PanelHeight = PixelHeight } : new();

    /// <exception cref="BadInputException">A path has no finite point.</exception>
    public Figure Build() => Paths.FirstOrDefault(path => path.Steps.Count == 0) is { } empty
        ? throw new BadInputException($"{empty.Optimizer} has no finite point on {Problem.Name} that could be drawn.")
        : Problem.Dimension == 2 ? Plane() : Losses();

    Figure Plane()
    {
        var window = PlaneWindow.Of(Problem, Paths);
        string spacing = ProblemContours.Of(Problem, window) is { Name: not "loss" } ? ", closer together where the loss is small" : "";
        return new()
        {
            Data =
            [
                ProblemContours.Of(Problem, window),
                .. Problem.Minima.Count > 0 ? [Points("minimum", Problem.Minima, new(Palette.Color(6), 9, MarkerSymbol.X))] : Array.Empty<Trace>(),
                .. HasArrows ? [GradientArrows(window)] : Array.Empty<Trace>(),
                .. Paths.SelectMany((path, i) => PathTraces(path, i, window)),
                Points("start", [Paths[0].Steps[0].Parameters], new(Palette.Color(6), 9, MarkerSymbol.Ring)),
            ],
            Layout = Layout($"Contours of {Problem.Formula}{spacing}.") with
            {
                Panels =
                [
                    new()
                    {
                        X = new() { Title = "x", Minimum = window.Left, Maximum = window.Right },
                        Y = new() { Title = "y", Minimum = window.Bottom, Maximum = window.Top },
                    },
                ],
            },
        };
    }

    Figure Losses()
    {
        bool isPositive = Paths.All(path => path.Steps.All(step => step.Loss > 0));
        return new()
        {
            Data =
            [
                .. Paths.SelectMany((path, i) => new[]
                {
                    Line(path, i, 1, step => step.Loss), Line(path, i, 2, step => step.GradientNorm) with { ShowsLegend = false },
                }),
            ],
            Layout = Layout($"{Problem.Formula}.") with
            {
                Panels =
                [
                    new() { Title = "Loss", X = new() { Title = "step" }, Y = new() { Type = isPositive ? AxisType.Log : AxisType.Linear } },
                    new() { Title = "Gradient norm", X = new() { Title = "step" }, Y = new() { Type = AxisType.Log } },
                ],
                Columns = 2,
            },
        };
    }

    Layout Layout(string what)
    {
        string noise = Noise is { } x
            ? string.Create(CultureInfo.InvariantCulture, $" The optimizers saw gradients with noise, σ = {x.Deviation} (seed {x.Seed}).") : "";
        string ends = string.Join(", ", Paths.Select((path, i) => $"{Name(i)} {End(path)}"));
        return new()
        {
            Title = $"{string.Join(", ", Paths.Select((_, i) => Name(i)))} on {Problem.Name}",
            Subtitle = $"{what}{noise} Loss at the end: {ends}.",
        };
    }

    static string End(Trajectory path) =>
        $"{Numbers.Significant(path.Steps[^1].Loss, 4)} after {path.Steps[^1].Step} steps{(path.DivergedAt is null ? "" : ", then diverged")}";

    IEnumerable<Trace> PathTraces(Trajectory path, int series, PlaneWindow window)
    {
        int most = Paths.Max(x => x.Steps.Count);
        yield return Points(Name(series), [.. path.Steps.Select(step => step.Parameters)], Palette.Marker(series) with { Size = 4 }) with
        {
            Mode = path.Steps.Count <= MostMarkedSteps ? ScatterMode.LinesAndMarkers : ScatterMode.Lines,
            Line = new(Palette.Color(series)),
            Motion = new(Math.Clamp(SecondsPerStep * most, ShortestRun, LongestRun), (double)path.Steps.Count / most),
            HoverText = path.Steps.Count <= MostMarkedSteps ? [.. path.Steps.Select(Told)] : null,
        };
        if (HasArrows)
        {
            yield return StepArrows(path, series, window);
        }
    }

    static string Told(TrajectoryStep step) => $"step {step.Step}\nx {Numbers.Significant(step.Parameters[0], 5)}, y "
        + $"{Numbers.Significant(step.Parameters[1], 5)}\nloss {Numbers.Significant(step.Loss, 5)}";

    /// <summary>Downhill, as the optimizers saw it; all of one length, because gradients differ by orders of magnitude.</summary>
    ScatterTrace GradientArrows(PlaneWindow window)
    {
        var (arrows, seen, gradient) = (new Arrows(window, PixelWidth, PixelHeight), Noise?.In(Problem) ?? Problem, new double[2]);
        foreach (var step in Paths.SelectMany(Marked))
        {
            _ = seen.Evaluate([.. step.Parameters], step.Step, gradient);
            arrows.Add(step.Parameters[0], step.Parameters[1], (-gradient[0], -gradient[1]), GradientPixels);
        }

        return arrows.ToTrace("against the gradient", new(Palette.Color(6), 1));
    }

    ScatterTrace StepArrows(Trajectory path, int series, PlaneWindow window)
    {
        var arrows = new Arrows(window, PixelWidth, PixelHeight);
        foreach (var step in Marked(path))
        {
            var (from, to) = (step.Parameters, path.Steps[step.Step + 1].Parameters);
            arrows.Add(from[0], from[1], to[0], to[1]);
        }

        return arrows.ToTrace($"{Name(series)}: step", new(Palette.Color(series), 1.5)) with { ShowsLegend = false };
    }

    /// <summary>The first steps, which are long, and some of the others; never the last, which leads nowhere.</summary>
    static IEnumerable<TrajectoryStep> Marked(Trajectory path)
    {
        int count = path.Steps.Count - 1, few = MostArrows / 2, every = Math.Max(1, (count - few) / few);
        return path.Steps.Take(count).Where(step => step.Step < few || step.Step % every == 0).Take(MostArrows);
    }

    ScatterTrace Line(Trajectory path, int series, int panel, Func<TrajectoryStep, double> value) => new()
    {
        Name = Name(series),
        Panel = panel,
        X = path.Steps.Select(step => (double)step.Step).ToArray(),
        Y = path.Steps.Select(value).ToArray(),
        Line = Palette.Line(series),
    };

    static ScatterTrace Points(string name, IReadOnlyList<IReadOnlyList<double>> points, Marker marker) => new()
    {
        Name = name,
        X = points.Select(point => point[0]).ToArray(),
        Y = points.Select(point => point[1]).ToArray(),
        Mode = ScatterMode.Markers,
        Marker = marker,
    };

    /// <summary>Paths of one rule are numbered.</summary>
    string Name(int series) => Paths.Count(path => path.Optimizer == Paths[series].Optimizer) == 1 ? Paths[series].Optimizer
        : $"{Paths[series].Optimizer} {1 + Paths.Take(series).Count(path => path.Optimizer == Paths[series].Optimizer)}";
}
