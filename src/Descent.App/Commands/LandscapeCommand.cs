using System.Text;
using Descent.Analysis;
using Descent.App.Analyses;
using Descent.App.Live;
using Descent.App.Output;
using Descent.App.Pictures;
using Descent.Formats;
using Descent.Studies.Pictures;
using Descent.Tensors.Kernels;

namespace Descent.App.Commands;

/// <summary>The loss around a checkpoint.</summary>
sealed class LandscapeCommand : AppCommand
{
    readonly AnalysisOptions source;
    readonly LandscapeOptions options = new();

    public LandscapeCommand(Surroundings surroundings)
        : base(surroundings, "landscape", "The loss along lines and planes through a checkpoint, with trajectories.",
            new Example("descent landscape mnist.safetensors -o plane.svg --surface surface.svg", "A plane in random, filter-normalized directions."),
            new Example("descent landscape sgd.safetensors --to adam.safetensors -o line.svg", "The line from one minimum to another."),
            new Example("descent landscape my.safetensors --trajectory my.epoch-1.safetensors --trajectory my.epoch-2.safetensors -o path.svg",
                "A training in the plane of its principal components."),
            new Example("descent landscape mnist-mlp --optimizers sgd,adam --set sgd.learning_rate=0.1 --steps 200 -o race.svg",
                "Optimizers from one start, moving through the landscape."))
    {
        source = new(surroundings.Shared);
        Add(source.Subject);
        foreach (var option in options.All.Concat(source.All))
        {
            Add(option);
        }
    }

    protected override int Run(Invocation invocation)
    {
        var files = options.Files(invocation);
        var found = options.Optimizers(invocation).Count > 0 ? AnalysisSource.ReadBesideRules(invocation, source) : AnalysisSource.Read(invocation, source, Name);
        using var pool = new WorkerPool(invocation.Get(invocation.Shared.Threads) ?? Environment.ProcessorCount);
        using var executor = pool.CreateExecutor();
        var progress = new AnalysisProgress();
        var report = AnalysisView.Run(invocation, progress, () => found.IsDouble ? new LandscapeRun<double>(invocation, options, found, executor, progress).Run()
            : new LandscapeRun<float>(invocation, options, found, executor, progress).Run());
        Draw(invocation, report, files.Picture, files.Surface);
        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, report.ToJson());
        }
        else
        {
            report.Write(invocation.Terminal, [.. new[] { files.Picture, files.Surface }.OfType<string>()]);
        }

        return ExitCode.Success;
    }

    void Draw(Invocation invocation, LandscapeReport report, string? picture, string? surface)
    {
        string place = $"{report.Source.PointLabel}; {report.Source.DataLabel}, {report.Source.ModeLabel}; {report.Directions}";
        if (picture is not null)
        {
            var figure = new LandscapeFigure
            {
                Landscape = report.Landscape,
                Place = place,
                FirstAxis = report.Shares.Count > 0 ? $"first principal component, {Format.Percent(report.Shares[0])} of the variance"
                    : invocation.Get(options.To) is null ? "first direction" : report.Directions,
                SecondAxis = report.Shares.Count > 0 ? $"second, {Format.Percent(report.Shares[1])}" : "second direction",
                Paths = report.Paths,
                Shares = report.Shares,
                Center = report.Source.Step is null && report.Source.Arrays.Count == 0 ? "the start" : "the checkpoint",
            };
            PictureFile.Write(figure.Build(), picture, figure.Size, invocation.Terminal.Variable);
        }

        if (surface is not null)
        {
            AtomicFile.Write(surface, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                LandscapeSurface.Write(report.Landscape, place, writer);
            });
        }
    }
}
