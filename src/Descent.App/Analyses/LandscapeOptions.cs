using System.CommandLine;
using System.Globalization;
using Descent.App.Commands;
using Descent.App.Options;
using Descent.App.Pictures;

namespace Descent.App.Analyses;

/// <summary>The options of <c>landscape</c> alone.</summary>
sealed class LandscapeOptions
{
    public const string Random = "random", Filter = "filter", Pca = "pca";

    const int DefaultPoints = 51, DefaultSteps = 200;

    readonly Option<string?> radius = ParsedOption.Text("--radius", "r", "How far to go to each side, in norms of the parameters (default 1; for trajectories as far as they go).");

    readonly Option<int?> points = ParsedOption.WholeNumber("--points", $"Points along each side (default {DefaultPoints}).", minimum: 3, maximum: 1001);

    readonly Option<int?> steps = ParsedOption.WholeNumber("--steps", $"Steps of each of --optimizers (default {DefaultSteps}).");

    readonly Option<int?> every = ParsedOption.WholeNumber("--every", "Steps from point to point of their trajectories (default: about 40 points).");

    readonly Option<string?> optimizers = ParsedOption.Text("--optimizers", "names",
        "Train these from the point and draw their paths in the plane of their own principal components, as in sgd,adam.");

    public Option<string?> Directions { get; } = ParsedOption.Choice("--directions",
        "Random; filter: random, each filter as long as the parameters' (default); pca: of the trajectory.", Filter, Random, Pca);

    public Option<string?> To { get; } = ParsedOption.Text("--to", "checkpoint", "The line from the one checkpoint to this one, and half as far beyond each.");

    public Option<string[]?> Trajectory { get; } = ParsedOption.Repeated("--trajectory", "checkpoint",
        "Further points of the checkpoint's training in their order; study/trial@epochs for all that were kept. May be repeated.");

    public Option<bool> IsLine { get; } = new("--line") { Description = "The first direction alone." };

    public Option<string?> Surface { get; } = ParsedOption.Text("--surface", "file", "Draw the plane as a surface in space (.svg).");

    public Option<string?> Output { get; } = ParsedOption.Text("--output", "file", "Draw contours with moving trajectories, or the line (.svg, .png or .json).", "-o");

    public IEnumerable<Option> All => [Directions, To, IsLine, Trajectory, optimizers, steps, every, radius, points, Output, Surface];

    public int Points(Invocation invocation) => invocation.Get(points) ?? DefaultPoints;

    public int Steps(Invocation invocation) => invocation.Get(steps) ?? DefaultSteps;

    public int Every(Invocation invocation) => invocation.Get(every) ?? Math.Max(1, Steps(invocation) / 40);

    public IReadOnlyList<string> Optimizers(Invocation invocation) =>
        invocation.Get(optimizers)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Null where the user named none.</summary>
    /// <exception cref="BadInputException">It is no positive number.</exception>
    public double? Radius(Invocation invocation) => invocation.Get(radius) is not { } text ? null
        : double.TryParse(text, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value) ? value
        : throw new BadInputException($"--radius must be a positive number, got \"{text}\".");

    /// <summary>The two files, checked before anything is computed.</summary>
    /// <exception cref="BadInputException">They cannot be written, or do not go with the rest.</exception>
    public (string? Picture, string? Surface) Files(Invocation invocation)
    {
        string? picture = invocation.Get(Output) is { } given ? PictureFile.Checked(invocation.Terminal.FullPath(given)) : null;
        string? surface = invocation.OutputFile(Surface, ".svg");
        bool isFlat = invocation.Get(To) is not null || invocation.Get(IsLine);
        return surface is null || !isFlat ? (picture, surface) : throw new BadInputException("--surface: a line has no surface; leave out --line and --to.");
    }
}
