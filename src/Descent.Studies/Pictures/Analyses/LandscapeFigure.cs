using Descent.Analysis;
using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;

namespace Descent.Studies.Pictures;

/// <summary>A loss landscape as a picture: contours with the trajectories in them, or a line.</summary>
public sealed record LandscapeFigure
{
    const double PixelHeight = 460, SecondsPerPoint = 0.15, ShortestRun = 3, LongestRun = 10;

    public required Landscape Landscape { get; init; }

    /// <summary>Which model and images, for the subtitle.</summary>
    public required string Place { get; init; }

    /// <summary>What a unit of each axis is.</summary>
    public required string FirstAxis { get; init; }

    public string SecondAxis { get; init; } = "";

    public IReadOnlyList<PathInPlane> Paths { get; init; } = [];

    /// <summary>The shares of the trajectories' variance along the axes; none for other directions.</summary>
    public IReadOnlyList<double> Shares { get; init; } = [];

    /// <summary>Where the plane was laid through, as in <c>the checkpoint</c>.</summary>
    public string Center { get; init; } = "the checkpoint";

    public SvgOptions Size => new() { PanelHeight = Landscape.IsLine ? 320 : PixelHeight };

    public Figure Build() => double.IsNaN(Landscape.Minimum)
        ? throw new BadInputException("No point of the landscape has a finite loss: nothing can be drawn. A smaller --radius stays nearer.")
        : Landscape.IsLine ? Line() : Plane();

    string Numbered => $"Loss from {Numbers.Significant(Landscape.Minimum, 4)} to {Numbers.Significant(Landscape.Maximum, 4)}, {Numbers.Significant(Landscape.CenterLoss, 4)} at "
        + $"{Center}{(Landscape.NotFinite > 0 ? $"; not finite at {Landscape.NotFinite} points" : "")}.";

    Figure Line() => new()
    {
        Data = [new ScatterTrace { Name = "loss", X = Landscape.X.ToArray(), Y = Landscape.Losses[0], Line = Palette.Line(0) with { Dash = Dash.Solid }, ShowsLegend = false }],
        Layout = new()
        {
            Title = "Loss along a line",
            Subtitle = $"{Place}. {Numbered}",
            Panels = [new() { X = new() { Title = FirstAxis }, Y = new() { Title = "loss", Type = IsSteep ? AxisType.Log : AxisType.Linear } }],
        },
    };

    bool IsSteep => Landscape.Minimum > 0 && Landscape.Maximum > 100 * Landscape.Minimum;

    Figure Plane()
    {
        var contours = LossContours.Of([.. Landscape.X], [.. Landscape.Y], Landscape.Losses);
        string shares = Shares.Count == 0 ? "" : $" The plane holds {Numbers.Percent(Shares.Sum())} of the trajectories' variance ({Numbers.Percent(Shares[0])} along x).";
        string spacing = contours.Name == "loss" ? "" : " Lines are closer together where the loss is small.";
        List<Panel> panels =
        [
            new()
            {
                X = new() { Title = FirstAxis, Minimum = Landscape.X[0], Maximum = Landscape.X[^1] },
                Y = new() { Title = SecondAxis, Minimum = Landscape.Y[0], Maximum = Landscape.Y[^1] },
            },
        ];
        if (Paths.Count > 0)
        {
            panels.Add(new() { Title = "True loss (line) and the plane's below it (dotted)", X = new() { Title = "point of the trajectory" }, Y = new() { Type = LossAxis } });
            panels.Add(new() { Title = "Distance from the plane", X = new() { Title = "point of the trajectory" }, Y = new() { Title = "in norms of the plane's origin" } });
        }

        return new()
        {
            Data =
            [
                contours,
                .. Paths.SelectMany(PathTraces),
                new ScatterTrace
                {
                    Name = Center, X = new double[] { 0 }, Y = new double[] { 0 }, Mode = ScatterMode.Markers, Marker = new(Palette.Color(6), 9, MarkerSymbol.Ring),
                },
            ],
            Layout = new()
            {
                Title = "Loss landscape",
                Subtitle = $"{Place}. {Numbered}{shares}{spacing}",
                Panels = panels,
            },
        };
    }

    AxisType LossAxis => Paths.SelectMany(path => path.Points).All(point => point.Loss > 0 && point.PlaneLoss > 0) ? AxisType.Log : AxisType.Linear;

    IEnumerable<Trace> PathTraces(PathInPlane path, int series)
    {
        int most = Paths.Max(x => x.Points.Count);
        var trace = Of(path, series, 1, point => point.X, point => point.Y) with
        {
            Mode = ScatterMode.LinesAndMarkers,
            Marker = Palette.Marker(series) with { Size = 4 },
            Motion = new(Math.Clamp(SecondsPerPoint * most, ShortestRun, LongestRun), (double)path.Points.Count / most),
            HoverText = [.. path.Points.Select(point => $"{path.Name}, {point.Label}\nloss {Numbers.Significant(point.Loss)}, in the plane "
                + $"{Numbers.Significant(point.PlaneLoss)}\ndistance from the plane {Numbers.Significant(point.Distance, 3)}")],
        };
        return
        [
            trace,
            OverOrder(path, series, 2, point => point.Loss),
            OverOrder(path, series, 2, point => point.PlaneLoss) with { Line = new(Palette.Color(series), 1.5, Dash.Dotted) },
            OverOrder(path, series, 3, point => point.Distance),
        ];
    }

    static ScatterTrace OverOrder(PathInPlane path, int series, int panel, Func<PathPoint, double> value) =>
        Of(path, series, panel, _ => 0, value) with { X = Enumerable.Range(0, path.Points.Count).Select(i => (double)i).ToArray(), ShowsLegend = false };

    static ScatterTrace Of(PathInPlane path, int series, int panel, Func<PathPoint, double> x, Func<PathPoint, double> y) => new()
    {
        Name = path.Name,
        Panel = panel,
        X = path.Points.Select(x).ToArray(),
        Y = path.Points.Select(y).ToArray(),
        Line = new(Palette.Color(series)),
    };
}
