using System.CommandLine;
using System.Globalization;
using Descent.Analysis;
using Descent.App.Analyses;
using Descent.App.Live;
using Descent.App.Options;
using Descent.App.Output;
using Descent.App.Pictures;
using Descent.Studies.Charts.Svg;
using Descent.Studies.Pictures;
using Descent.Tensors.Kernels;

namespace Descent.App.Commands;

/// <summary>The learning-rate range test.</summary>
sealed class FindLearningRateCommand : AppCommand
{
    const int LeastSteps = 10;

    readonly AnalysisOptions options;
    readonly SweepRun defaults = new() { Training = null!, Data = null!, Precision = "", Seeds = [] };

    readonly Option<string?> from = ParsedOption.Text("--from", "rate", "The rate of the first step (default 1e-6).");

    readonly Option<string?> to = ParsedOption.Text("--to", "rate", "The rate of the last step (default 10).");

    readonly Option<int?> steps = ParsedOption.WholeNumber("--steps", "Steps of the sweep (default 200).", minimum: LeastSteps);

    readonly Option<string?> smoothing = ParsedOption.Text("--smoothing", "share", "How much of the mean loss is kept at each step, below 1 (default 0.9).");

    readonly Option<string?> output = ParsedOption.Text("--output", "file", "Draw the sweep (.svg, .png or .json).", "-o");

    public FindLearningRateCommand(Surroundings surroundings)
        : base(surroundings, "find-lr", "A sweep of the learning rate over fresh copies of a model, and a suggestion.",
            new Example("descent find-lr mnist-mlp --optimizer adam -o sweep.svg", "Three seeds, from 1e-6 to 10."),
            new Example("descent find-lr digits-mlp --optimizer sgd --set momentum=0.9 --from 1e-4 --to 100 --seeds 0,1,2,3,4", "Another range, five seeds."))
    {
        options = new(surroundings.Shared);
        Add(options.Subject);
        Add(surroundings.Shared.Optimizer);
        Add(surroundings.Shared.Set);
        Add(from);
        Add(to);
        Add(steps);
        Add(smoothing);
        Add(surroundings.Shared.Seeds);
        foreach (var option in options.All.Where(x => x != surroundings.Shared.Set && x != surroundings.Shared.Seed && x != options.Data && x != options.Mode))
        {
            Add(option);
        }

        Add(output);
    }

    protected override int Run(Invocation invocation)
    {
        string? picture = invocation.Get(output) is { } given ? PictureFile.Checked(invocation.Terminal.FullPath(given)) : null;
        string name = invocation.Get(invocation.Shared.Optimizer) ?? throw new BadInputException("descent find-lr needs --optimizer, as in --optimizer adam.");
        var rule = new RuleValues(ModelOptions.ForRules(invocation), [(name, invocation.Optimizers().Find(name))]).Create(name);
        var source = AnalysisSource.ReadBesideRules(invocation, options);
        var progress = new AnalysisProgress();
        var run = new SweepRun
        {
            Training = source.Training(rule, 1),
            Data = source.TrainingData,
            Precision = source.Precision,
            Seeds = invocation.Get(invocation.Shared.Seeds) is { Length: > 0 } seeds ? seeds : [0, 1, 2],
            From = Positive(invocation, from) ?? defaults.From,
            To = Positive(invocation, to) ?? defaults.To,
            Steps = invocation.Get(steps) ?? defaults.Steps,
            Smoothing = Share(invocation) ?? defaults.Smoothing,
            Progress = progress,
        };
        if (run.To <= run.From)
        {
            throw new BadInputException(FormattableString.Invariant($"The sweep must rise: --from {run.From} is not below --to {run.To}."));
        }

        using var pool = new WorkerPool(invocation.Get(invocation.Shared.Threads) ?? Environment.ProcessorCount);
        using var executor = pool.CreateExecutor();
        var sweep = AnalysisView.Run(invocation, progress, () => run.Find(executor, invocation.Terminal.Time, invocation.Cancellation));
        Write(invocation, source, name, sweep, run, picture);
        return ExitCode.Success;
    }

    static void Write(Invocation invocation, AnalysisSource source, string optimizer, LearningRateSweep sweep, SweepRun run, string? picture)
    {
        if (picture is not null)
        {
            string place = $"{source.Workload.Name}, {optimizer}, batches of {run.Training.BatchSize}, {run.Steps} steps";
            PictureFile.Write(SweepFigure.Draw(sweep, place), picture, new SvgOptions(), invocation.Terminal.Variable);
        }

        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, new Entry(source.Workload.Name, optimizer, run.Training.BatchSize, sweep.Suggestion, LearningRateSweep.Rule, sweep.Least,
                sweep.Steepest, sweep.IsStillFalling, sweep.Rates, sweep.Mean, sweep.Seeds));
            return;
        }

        new FactSheet().Add("Sweep", FormattableString.Invariant($"{source.PointLabel}, {optimizer}, {run.Steps} steps of {run.Training.BatchSize} images from {run.From} to {run.To}"))
            .Add("Seeds", string.Join(", ", sweep.Seeds.Select(x => $"{x.Seed} ({(x.HasBlownUp ? $"blew up at {Format.Number(x.Rates[^1])}" : "went to the end")})")))
            .Add("Least loss", $"at {Format.Number(sweep.Least)}{(sweep.IsStillFalling ? ": it still falls at the end of the sweep, a larger --to may find more" : "")}")
            .Add("Steepest fall", $"at {Format.Number(sweep.Steepest)}")
            .Add("Suggestion", $"{Format.Number(sweep.Suggestion)}: {LearningRateSweep.Rule}")
            .Write(invocation.Terminal);
    }

    static double? Positive(Invocation invocation, Option<string?> option) => invocation.Get(option) is not { } text ? null
        : double.TryParse(text, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value) ? value
        : throw new BadInputException($"{option.Name} must be a positive number, got \"{text}\".");

    double? Share(Invocation invocation) => invocation.Get(smoothing) is not { } text ? null
        : double.TryParse(text, CultureInfo.InvariantCulture, out double value) && value is >= 0 and < 1 ? value
        : throw new BadInputException($"--smoothing must lie in [0, 1), got \"{text}\".");

    sealed record Entry(string Workload, string Optimizer, int BatchSize, double Suggestion, string Rule, double Least, double Steepest, bool StillFalling,
        IReadOnlyList<double> LearningRates, IReadOnlyList<double> MeanSmoothedLosses, IReadOnlyList<SweepSeed> Seeds);
}
