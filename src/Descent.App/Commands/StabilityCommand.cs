using System.CommandLine;
using Descent.Analysis;
using Descent.App.Analyses;
using Descent.App.Options;
using Descent.App.Output;
using Descent.App.Results;
using Descent.Optimizers;
using Descent.Studies.Charts.Svg;
using Descent.Studies.Pictures;

namespace Descent.App.Commands;

/// <summary>Shows up to which learning rate times curvature a rule is stable, by its own step on a quadratic.</summary>
sealed class StabilityCommand : AppCommand
{
    const int Columns = 121, Rows = 61;
    const double HighestMomentum = 0.99, PixelHeight = 420;

    static readonly double[] told = [0, 0.5, 0.9, 0.95, 0.99];

    readonly Argument<string> name = new("rule") { Description = "An update rule. See: descent list optimizers." };

    readonly Option<double?> sharpness = ParsedOption.PositiveNumber("--sharpness",
        "The largest curvature of a run, to be set beside the limit; for adaptive rules that of the preconditioned loss.");

    readonly Option<string?> sharpnessOf = ParsedOption.Text("--sharpness-of", "study/trial",
        "A trial whose gauge has recorded its sharpness, by the first digits of its id: its rule and values, and how near to the limit it came.");

    public StabilityCommand(Surroundings surroundings)
        : base(surroundings, "stability", "Up to which learning rate × curvature a rule is stable: the spectral radius of its own step.",
            new Example("descent stability sgd", "Heavy ball: 2(1 + β)."),
            new Example("descent stability sgd --set nesterov=true -o region.svg", "A picture of the region, with the closed form."),
            new Example("descent stability sgd --set learning_rate=0.1 --set momentum=0.9 --sharpness 35.4", "How near to the limit a run is."),
            new Example("descent stability sgd --sharpness-of edge-of-stability/3f9a -o region.svg", "The sharpness that a trial's gauge has recorded, on the region."),
            new Example("descent stability adam --json", "At a held second moment: 2(1 + β₁)/(1 − β₁)."))
    {
        Add(name);
        Add(surroundings.Shared.Set);
        Add(sharpness);
        Add(sharpnessOf);
        Add(surroundings.Shared.Store);
        Add(surroundings.Shared.Output);
    }

    protected override int Run(Invocation invocation)
    {
        string rule = invocation.Get(name)!;
        var run = invocation.Get(sharpnessOf) is { } trial ? RecordedSharpness.Read(invocation, rule, trial) : null;
        var optimizer = run?.Optimizer ?? new RuleValues(invocation.Get(invocation.Shared.Set) ?? [], [(rule, invocation.Optimizers().Find(rule))]).Create(rule);
        string? picture = invocation.OutputFile(invocation.Shared.Output, DrawingFile.Extension);
        double own = OwnMomentum(optimizer);
        double[] momenta = [.. told.Append(own).Distinct().Order()];
        var map = StabilityMap.Of(optimizer, momenta, Columns);
        double limit = StabilityMap.Limit(optimizer);
        double[] path = run is null ? [] : [.. run.Shares.Select(share => share * limit)];
        double? measured = run is not null ? path[^1] : invocation.Get(sharpness) is { } h ? optimizer.LearningRate * h : null;
        if (picture is not null)
        {
            double most = Math.Max(1.3 * limit, 1.05 * path.DefaultIfEmpty(0).Max());
            var fine = StabilityMap.Of(optimizer, [.. Enumerable.Range(0, Rows).Select(i => HighestMomentum * i / (Rows - 1))], Columns,
                Math.Max(most, Math.Max(2.3, Math.Min(4.2, 1.15 * map.Limits.Max()))));
            DrawingFile.Write(picture, StabilityFigure.Of(fine, measured is null ? [] : path.Length > 0 ? path : [measured.Value], own), new SvgOptions { PanelHeight = PixelHeight });
        }

        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, new Entry(map.Rule, map.MomentumName, map.HoldsSecondMoment,
                [.. map.Momenta.Zip(map.Limits, map.ClosedForms).Select(x => new LimitEntry(x.First, x.Second, x.Third))], optimizer.LearningRate, own, limit,
                measured, measured / limit, run?.Steps, run?.Shares, map.RatesTimesCurvature, map.Momenta, map.Radii));
            return ExitCode.Success;
        }

        Write(map, limit, run is null ? measured : null, optimizer, invocation);
        run?.Write(invocation.Terminal);
        if (picture is not null)
        {
            invocation.Say($"\nPicture: {picture}");
        }

        return ExitCode.Success;
    }

    static double OwnMomentum(IOptimizer optimizer) => StabilityMap.NameOfMomentum(optimizer) is { } momentum
        ? (double)OptimizerDescription.Of(optimizer)!.Hyperparameter(momentum).Value(optimizer) : 0;

    static void Write(StabilityMap map, double limit, double? measured, IOptimizer optimizer, Invocation invocation)
    {
        string curvature = map.HoldsSecondMoment ? "h/√v" : "h";
        Painter.WriteText(invocation.Terminal, $"{map.Rule} on a quadratic of curvature h{(map.HoldsSecondMoment ? ", at a held second moment v" : "")}: stable for learning rate × {curvature} up to");
        var table = new TextTable(new(map.MomentumName ?? "", ColumnKind.Number), new("Limit", ColumnKind.Number), new("Closed form", ColumnKind.Number));
        foreach (var (momentum, value, theory) in map.Momenta.Zip(map.Limits, map.ClosedForms))
        {
            table.Row(map.MomentumName is null ? "" : Format.Number(momentum), Format.Number(value), Format.Number(theory));
        }

        table.Write(invocation.Terminal);
        if (measured is { } x)
        {
            invocation.Terminal.Out.WriteLine();
            Painter.WriteText(invocation.Terminal, $"With learning rate {Format.Number(optimizer.LearningRate)} and sharpness {Format.Number(x / optimizer.LearningRate)} the run is at "
                + $"{Format.Fixed(x / limit, 2)} of the limit, which is {Format.Number(limit)}; its step's spectral radius is {Format.Number(StabilityMap.RadiusOf(optimizer, x))}.");
        }
    }

    /// <param name="Momentum">The name of the hyperparameter.</param>
    /// <param name="Limits">By momentum, in learning rate × curvature.</param>
    /// <param name="Limit">With the hyperparameters given.</param>
    /// <param name="OfTheLimit">The run's learning rate × sharpness as a share of it; of a trial after its last reading.</param>
    /// <param name="Steps">Of the readings of <c>--sharpness-of</c>.</param>
    /// <param name="Shares">Of the limit, one a reading.</param>
    sealed record Entry(string Optimizer, string? Momentum, bool HoldsSecondMoment, IReadOnlyList<LimitEntry> Limits, double LearningRate, double OwnMomentum,
        double Limit, double? LearningRateTimesSharpness, double? OfTheLimit, IReadOnlyList<long>? Steps, IReadOnlyList<double>? Shares, IReadOnlyList<double> RatesTimesCurvature, IReadOnlyList<double> Momenta,
        IReadOnlyList<IReadOnlyList<double>> SpectralRadii);

    sealed record LimitEntry(double Momentum, double Limit, double? ClosedForm);
}
