using System.CommandLine;
using System.Numerics;
using Descent.Analysis;
using Descent.App.Analyses;
using Descent.App.Live;
using Descent.App.Options;
using Descent.App.Output;
using Descent.App.Pictures;
using Descent.Optimizers;
using Descent.Studies.Charts.Svg;
using Descent.Studies.Definition;
using Descent.Studies.Pictures;
using Descent.Tensors.Kernels;

namespace Descent.App.Commands;

/// <summary>The curvature of the loss at a checkpoint.</summary>
sealed class HessianCommand : AppCommand
{
    const int DensityStarts = 4;

    readonly AnalysisOptions options;

    readonly Option<int?> top = ParsedOption.WholeNumber("--top", "The largest eigenvalues (default 5).");

    readonly Option<int?> smallest = ParsedOption.WholeNumber("--smallest", "The smallest eigenvalues (default 1).", minimum: 0);

    readonly Option<int?> steps = ParsedOption.WholeNumber("--steps", "Lanczos steps at most (default 200).");

    readonly Option<int?> probes = ParsedOption.WholeNumber("--probes", "Random probes for the trace (default 30).", minimum: 2);

    readonly Option<string?> vectors = ParsedOption.Text("--vectors", "file", "Write the eigenvectors of the largest eigenvalues, laid out as the parameters (.safetensors or .npz).");

    readonly Option<string?> output = ParsedOption.Text("--output", "file", "Draw the density of all eigenvalues (.svg, .png or .json).", "-o");

    public HessianCommand(Surroundings surroundings)
        : base(surroundings, "hessian", "Eigenvalues, trace and spectral density of the loss's Hessian, by exact products with it.",
            new Example("descent hessian mnist.safetensors --top 5", "The five largest eigenvalues on the first 2,000 training images."),
            new Example("descent hessian weights.pth --workload mnist-mlp --data train:0-1999 --precision float64 --json", "Weights from elsewhere, in double, as one object."),
            new Example("descent hessian digits-mlp --data train -o spectrum.svg", "A model that was just initialized, with the density of its spectrum as a picture."))
    {
        options = new(surroundings.Shared);
        Add(options.Subject);
        Add(top);
        Add(smallest);
        Add(steps);
        Add(probes);
        foreach (var option in options.All)
        {
            Add(option);
        }

        Add(vectors);
        Add(output);
    }

    protected override int Run(Invocation invocation)
    {
        var source = AnalysisSource.Read(invocation, options, Name);
        return source.IsDouble ? Run<double>(invocation, source) : Run<float>(invocation, source);
    }

    int Run<T>(Invocation invocation, AnalysisSource source) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string? picture = invocation.Get(output) is { } given ? PictureFile.Checked(invocation.Terminal.FullPath(given)) : null;
        string? vectorFile = invocation.Get(vectors) is { } file ? EigenvectorFile.Checked(invocation.Terminal.FullPath(file)) : null;
        using var pool = new WorkerPool(invocation.Get(invocation.Shared.Threads) ?? Environment.ProcessorCount);
        using var executor = pool.CreateExecutor();
        using var parameters = source.Parameters<T>();
        using var surface = source.Surface(executor, parameters);
        var settings = new SpectrumSettings
        {
            Top = invocation.Get(top) ?? 5,
            Smallest = Math.Min(invocation.Get(smallest) ?? 1, parameters.Count),
            MostSteps = invocation.Get(steps) ?? 200,
            Probes = invocation.Get(probes) ?? 30,
            DensityStarts = picture is null ? 0 : DensityStarts,
            Seed = source.Seed,
        };
        var progress = new AnalysisProgress();
        progress.Begin("products with the Hessian", 0);
        surface.Progress = progress;
        _ = surface.Gradient();
        double norm = Math.Sqrt(new SquaredNorm<T>(parameters.Gradients).Run(executor));
        var spectrum = AnalysisView.Run(invocation, progress, () => HessianAnalysis.Spectrum(executor, surface, settings, invocation.Cancellation));
        var rule = RuleOf(invocation, source);
        bool isState = Diagonal(source, rule, surface, out var diagonal);
        var preconditioned = diagonal is null ? null
            : AnalysisView.Run(invocation, progress, () => HessianAnalysis.PreconditionedSpectrum(executor, surface, diagonal,
                settings with { Top = 1, Smallest = 0, Probes = 2, DensityStarts = 0 }, invocation.Cancellation));
        var report = new HessianReport(source, spectrum, preconditioned, isState, rule, surface.Loss(), norm, surface.HessianProducts);
        if (picture is not null)
        {
            PictureFile.Write(SpectrumFigure.Draw(spectrum, $"{source.PointLabel}; {source.DataLabel}, {source.ModeLabel}"), picture, new SvgOptions(),
                invocation.Terminal.Variable);
        }

        if (vectorFile is not null)
        {
            EigenvectorFile.Write(vectorFile, source.Model, spectrum);
        }

        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, report.ToJson());
        }
        else
        {
            report.Write(invocation.Terminal);
        }

        return ExitCode.Success;
    }

    /// <summary>What the rule divides by, from its state; where the file holds none, from the gradients of batches at this point.</summary>
    /// <returns>Whether it is the state.</returns>
    static bool Diagonal<T>(AnalysisSource source, IOptimizer? rule, LossSurface<T> surface, out double[]? diagonal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        diagonal = rule is null || source.Step is not > 0 ? null : Preconditioner.Diagonal(rule, source.Model, source.Arrays, source.Step.Value);
        bool isState = diagonal is not null;
        if (rule is not null && Preconditioner.OfMoments(rule, []) is not null)
        {
            diagonal ??= Preconditioner.OfMoments(rule, surface.MeanSquaredGradient(source.Settings!.BatchSize));
        }

        return isState;
    }

    /// <summary>The rule that made the checkpoint at its full learning rate; null where there is none, or a schedule has changed the rate.</summary>
    static IOptimizer? RuleOf(Invocation invocation, AnalysisSource source) => source.Settings is { } x && x.Schedules == StudySchedules.None
        ? invocation.Optimizers().Create(x.Optimizer, x.Hyperparameters.ToDictionary(one => one.Name, one => (object)one.Value)) : null;
}
