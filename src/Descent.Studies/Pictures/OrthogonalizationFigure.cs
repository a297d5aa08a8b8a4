using Descent.Analysis;
using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>Newton–Schulz as a picture: for each set the singular values after each step, and its polynomial with the way of one value.</summary>
public static class OrthogonalizationFigure
{
    const int MostLines = 6, CurvePoints = 121, MostSetsBeside = 4;
    const double CurveEnd = 1.25, SecondsPerStep = 1, ShortestRun = 6, LongestRun = 20, ShareOfMotion = 0.85;

    /// <summary>More frames, or longer ones, make a file that nobody would want to load.</summary>
    const int MostFrames = 60, MostPoints = 512;

    /// <param name="runs">At least one.</param>
    /// <param name="what">The matrix, as it ends a sentence.</param>
    public static Figure Of(IReadOnlyList<OrthogonalizationRun> runs, string what)
    {
        var shown = runs.Take(MostSetsBeside).ToList();
        return new()
        {
            Data = [.. shown.SelectMany((run, i) => Spectra(run, (2 * i) + 1, hasLegend: i == 0).Concat(Polynomial(run, (2 * i) + 2, hasLegend: i == 0)))],
            Layout = new()
            {
                Title = "Newton–Schulz: singular values on their way to 1",
                Subtitle = $"{char.ToUpperInvariant(what[0])}{what[1..]}. On the right a step's polynomial and the way of the least singular value, up to the curve and across. In a browser "
                    + "the thick line goes through the steps, and the dot with it.",
                Columns = 2,
                Panels = [.. shown.SelectMany(run => (Panel[])[SpectraPanel(run), CurvePanel(run)])],
            },
        };
    }

    static Panel SpectraPanel(OrthogonalizationRun run) => new()
    {
        Title = run.Coefficients,
        X = new() { Title = "number of the singular value" },
        Y = new() { Title = "singular value", Minimum = 0, Maximum = Math.Max(1.3, 1.05 * Highest(run)) },
        ReferenceLines = [new(AxisLetter.Y, 1, "orthogonal")],
    };

    static Panel CurvePanel(OrthogonalizationRun run) => new()
    {
        Title = $"p(σ) of {run.Coefficients}, p(1) = {Numbers.Significant(run.Repeated.CoefficientSum, 4)}",
        X = new() { Title = "σ", Minimum = 0, Maximum = CurveEnd },
        Y = new() { Title = "p(σ)", Minimum = 0, Maximum = CurveEnd },
    };

    static double Highest(OrthogonalizationRun run) => run.Steps.SelectMany(values => values).Where(double.IsFinite).DefaultIfEmpty(1).Max();

    static IEnumerable<Trace> Spectra(OrthogonalizationRun run, int panel, bool hasLegend)
    {
        var steps = run.Steps.Index().ToList();
        int every = Math.Max(1, (steps.Count + MostLines - 2) / (MostLines - 1));
        return steps.Where(x => x.Index % every == 0 || x.Index == steps.Count - 1).Select((x, i) => new ScatterTrace
        {
            Name = x.Index == 0 ? "as scaled" : $"step {x.Index}",
            Panel = panel,
            X = Enumerable.Range(1, x.Item.Count).Select(k => (double)k).ToArray(),
            Y = x.Item.ToArray(),
            Mode = x.Item.Count == 1 ? ScatterMode.Markers : ScatterMode.Lines,
            Marker = x.Item.Count == 1 ? Palette.Marker(i) : null,
            Line = Palette.Line(i),
            Motion = x.Index == steps.Count - 1 ? Through(run) : null,
            ShowsLegend = hasLegend,
        });
    }

    /// <summary>From the scaled matrix to the last step; null where too much would move.</summary>
    static Motion? Through(OrthogonalizationRun run) => run.Steps.Count is < 2 or > MostFrames || run.Steps[0].Count is < 2 or > MostPoints ? null
        : Going(run) with { Frames = [.. run.Steps.Select((values, i) => new MotionFrame(i == 0 ? "as scaled" : $"step {i}", values.ToArray()))] };

    static Motion Going(OrthogonalizationRun run) => new(Math.Clamp(SecondsPerStep * run.Steps.Count, ShortestRun, LongestRun), ShareOfMotion);

    static IEnumerable<Trace> Polynomial(OrthogonalizationRun run, int panel, bool hasLegend)
    {
        double[] x = [.. Enumerable.Range(0, CurvePoints).Select(i => CurveEnd * i / (CurvePoints - 1))];
        yield return new ScatterTrace { Name = "p(σ) in the end", Panel = panel, X = x, Y = Array.ConvertAll(x, run.Repeated.At), Line = new(Palette.Color(6)), ShowsLegend = hasLegend };
        yield return new ScatterTrace { Name = "p(σ) = σ", Panel = panel, X = x, Y = x, Line = new(Palette.Color(6), 1, Dash.Dotted), ShowsLegend = hasLegend };
        var way = Way(run);
        yield return new ScatterTrace
        {
            Name = "way of the least one",
            Panel = panel,
            X = way.Select(point => point.X).ToArray(),
            Y = way.Select(point => point.Y).ToArray(),
            Line = new(Palette.Color(4), 1),
            Motion = Going(run),
            ShowsLegend = hasLegend,
        };
    }

    static List<(double X, double Y)> Way(OrthogonalizationRun run)
    {
        double x = run.Steps[0][^1];
        List<(double, double)> way = [(x, 0)];
        foreach (double next in run.Polynomials.Select(p => x = p.At(x)).ToList())
        {
            way.Add((way[^1].Item1, next));
            way.Add((next, next));
        }

        return way;
    }
}
