using System.CommandLine;
using Descent.Analysis;
using Descent.App.Analyses;
using Descent.App.Live;
using Descent.App.Options;
using Descent.App.Output;
using Descent.App.Pictures;
using Descent.Optimizers;
using Descent.Studies.Charts.Svg;
using Descent.Studies.Pictures;
using Descent.Tensors.Kernels;

namespace Descent.App.Commands;

/// <summary>How gradients flow through the layers of a model.</summary>
sealed class GradientsCommand : AppCommand
{
    const int DefaultBatches = 20;

    readonly Argument<string[]> subjects = new("model")
    {
        Description = "Workloads, for models that were just initialized, or checkpoints; several stand side by side.",
        Arity = ArgumentArity.OneOrMore,
    };

    readonly AnalysisOptions options;

    readonly Option<string[]?> initializations = ParsedOption.Repeated("--initialization", "scheme",
        "How the weights of a workload start (default pytorch); several stand side by side. See: descent list initializations.");

    readonly Option<int?> batches = ParsedOption.WholeNumber("--batches", $"Batches to measure (default {DefaultBatches}).");

    readonly Option<string?> output = ParsedOption.Text("--output", "file", "Draw norms and histograms (.svg, .png or .json).", "-o");

    public GradientsCommand(Surroundings surroundings)
        : base(surroundings, "gradients", "Each layer's gradient norm, updates against weights, dead ReLUs, activations.",
            new Example("descent gradients mnist-deep-mlp mnist-deep-mlp-bn --mode training -o flow.svg", "With and without batch norm, side by side."),
            new Example("descent gradients cifar10-fc --initialization he --initialization random --initialization zero", "The effect of each initialization."),
            new Example("descent gradients mnist.safetensors --optimizer adam --set learning_rate=1e-3", "A checkpoint, and how far Adam would move each weight."))
    {
        options = new(surroundings.Shared);
        Add(subjects);
        Add(batches);
        Add(surroundings.Shared.Optimizer);
        foreach (var option in options.All.Where(x => x != options.Initialization))
        {
            Add(option);
        }

        Add(initializations);
        Add(output);
    }

    protected override int Run(Invocation invocation)
    {
        string? picture = invocation.Get(output) is { } given ? PictureFile.Checked(invocation.Terminal.FullPath(given)) : null;
        var rule = RuleOf(invocation);
        string[] schemes = invocation.Get(initializations) is { Length: > 0 } named ? named : ["pytorch"];
        using var pool = new WorkerPool(invocation.Get(invocation.Shared.Threads) ?? Environment.ProcessorCount);
        using var executor = pool.CreateExecutor();
        var progress = new AnalysisProgress();
        var measurement = new GradientMeasurement(invocation.Get(batches) ?? DefaultBatches, rule, Label(rule), executor, invocation.Terminal.Time, progress, invocation.Cancellation);
        var sources = Sources(invocation, schemes);
        var reports = AnalysisView.Run(invocation, progress, () =>
            sources.Select(x => x.Source.IsDouble ? measurement.Run<double>(x.Label, x.Source) : measurement.Run<float>(x.Label, x.Source)).ToList());
        if (picture is not null)
        {
            var first = reports[0];
            PictureFile.Write(GradientFigure.Draw([.. reports.Select(x => (x.Label, x.Flow))], $"{first.Flow.Batches} batches of {first.BatchSize} of {first.Source.Part.Name}, "
                + $"{(first.Source.Mode == Layers.Mode.Training ? "training" : "evaluation")} mode. Layers are numbered from the first to the logits."), picture, new SvgOptions(),
                invocation.Terminal.Variable);
        }

        foreach (var report in reports)
        {
            if (invocation.IsJson)
            {
                Json.WriteLine(invocation.Terminal.Out, report.ToJson());
            }
            else
            {
                report.Write(invocation.Terminal);
            }
        }

        if (!invocation.IsJson && reports.Count > 1)
        {
            WriteSummary(invocation.Terminal, reports);
        }

        return ExitCode.Success;
    }

    static void WriteSummary(Terminal terminal, List<GradientReport> reports)
    {
        var table = new TextTable([new("Model"), new("Ratio", ColumnKind.Number), new("Verdict")]);
        foreach (var report in reports)
        {
            _ = table.Row(report.Label, Format.Number(report.Flow.Ratio), report.Flow.Verdict);
        }

        table.Write(terminal);
    }

    /// <summary>Each workload under each initialization, each checkpoint once.</summary>
    List<(string Label, AnalysisSource Source)> Sources(Invocation invocation, string[] schemes)
    {
        List<(string Label, AnalysisSource Source)> sources = [];
        foreach (string subject in invocation.Get(subjects)!)
        {
            foreach (string scheme in schemes)
            {
                var source = AnalysisSource.ReadBesideRules(invocation, options, subject, scheme);
                bool isFresh = source.Arrays.Count == 0;
                sources.Add((isFresh && schemes.Length > 1 ? $"{subject}, {scheme}" : subject, source));
                if (!isFresh)
                {
                    break;
                }
            }
        }

        return sources;
    }

    static IOptimizer? RuleOf(Invocation invocation)
    {
        var values = ModelOptions.ForRules(invocation);
        if (invocation.Get(invocation.Shared.Optimizer) is not { } name)
        {
            return values is not [var text, ..] ? null : throw new BadInputException($"--set {text}: whose? Add --optimizer, as in --optimizer adam.");
        }

        return new RuleValues(values, [(name, invocation.Optimizers().Find(name))]).Create(name);
    }

    static string? Label(IOptimizer? rule) => rule is null || OptimizerDescription.Of(rule) is not { } description ? null
        : $"{description.Name} {string.Join(' ', description.Values(rule).Select(x => FormattableString.Invariant($"{x.Key}={(x.Value is bool truth ? truth ? "true" : "false" : x.Value)}")))}";
}
