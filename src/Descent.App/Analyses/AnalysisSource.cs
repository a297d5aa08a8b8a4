using System.Numerics;
using Descent.Analysis;
using Descent.App.Commands;
using Descent.App.Evaluations;
using Descent.App.Options;
using Descent.Data;
using Descent.Formats;
using Descent.Layers;
using Descent.Models;
using Descent.Optimizers;
using Descent.Studies.Definition;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;
using Descent.Workloads;

namespace Descent.App.Analyses;

/// <summary>The model that an analysis looks at, the point in the space of its parameters, and the images.</summary>
sealed class AnalysisSource
{
    /// <summary>Images of the training part that are taken where the user names none.</summary>
    public const int DefaultImages = 2000;

    readonly TrainedWeights? weights;
    readonly Initialization? initialization;
    readonly bool isExact;

    AnalysisSource(Invocation invocation, AnalysisOptions options, Dictionary<string, string> modelOptions, string subject, string? scheme)
    {
        Subject = subject;
        Seed = invocation.Get(invocation.Shared.Seed) ?? 0;
        if (IsWorkload(invocation, Subject))
        {
            Workload = WorkloadReader.Find(PathOf(invocation, Subject)!);
            Workload = ModelOptions.Normalization(invocation) is { } name ? Workload.NormalizedBy(name) : Workload;
            Model = Workload.CreateModel(modelOptions);
            initialization = InitializationCatalog.Parse(scheme ?? "pytorch");
        }
        else
        {
            weights = TrainedWeights.Read(CheckpointArgument.Resolve(invocation, Subject), PathOf(invocation, invocation.Get(options.Workload)), modelOptions, ModelOptions.Normalization(invocation));
            (Workload, Model) = (weights.Workload, weights.Model);
        }

        Mode = invocation.Get(options.Mode) == "training" ? Mode.Training : Mode.Evaluation;
        Precision = invocation.Get(invocation.Shared.Precision) ?? (weights?.Arrays.Any(array => array.Type == ElementType.Float64) == true ? "float64" : "float32");
        isExact = invocation.Get(invocation.Shared.Exact) || Settings is { IsExact: true };
        var set = Workload.Data.Load(invocation.DataFolder());
        var split = DataSplit.Draw(set, Settings?.SplitSeed ?? 0, Settings?.ValidationCount ?? 0);
        Part = invocation.Get(options.Data) is { } text ? DataSelection.Parse(text).From(split)
            : split.Train.Count > DefaultImages ? split.Train.Range(0, DefaultImages - 1) : split.Train;
        Normalization = Workload.Normalization.FittedTo(split.Train);
        (Split, GivenBatchSize) = (split, invocation.Get(invocation.Shared.BatchSize));
    }

    /// <summary>What the user called it.</summary>
    public string Subject { get; }

    public Workload Workload { get; }

    public Model Model { get; }

    /// <summary>Of the training that made the checkpoint; null where nothing is known of one.</summary>
    public TrialSettings? Settings => weights?.Settings;

    /// <summary>Steps of that training.</summary>
    public long? Step => weights?.Step;

    /// <summary>The checkpoint's arrays; none for a fresh model.</summary>
    public IReadOnlyList<NamedArray> Arrays => weights?.Arrays ?? [];

    public Mode Mode { get; }

    public string Precision { get; }

    public DataPart Part { get; }

    public DataSplit Split { get; }

    public Normalization Normalization { get; }

    /// <summary>Keys random directions, and the weights of a fresh model.</summary>
    public ulong Seed { get; }

    public bool IsDouble => Precision == "float64";

    /// <summary>Images a batch in training mode; null in evaluation mode.</summary>
    public int? BatchSize => Mode == Mode.Evaluation ? null : GivenBatchSize ?? Math.Min(Settings?.BatchSize ?? Workload.BatchSize, Part.Count);

    /// <summary>What the numbers rest on, as labels say it.</summary>
    public string ModeLabel => (Mode, Model.Statistics.Count > 0) switch
    {
        (Mode.Evaluation, true) => "batch norm by running statistics",
        (Mode.Training, true) => $"batch norm by batches of {BatchSize}",
        (Mode.Training, false) => $"training mode, batches of {BatchSize}, no batch norm",
        _ => "no batch norm",
    };

    /// <summary>The images and the mode in a few words.</summary>
    public string DataLabel => $"{Part.Name}, {Output.Format.Count(Part.Count)} images";

    /// <summary>The point in a few words.</summary>
    public string PointLabel => weights is null ? $"{Workload.Name}, {initialization}, seed {Seed}" : Settings is { } x
        ? $"{x.Optimizer} {Output.Format.Settings(x.Hyperparameters)}, seed {x.Seed}, after {Output.Format.Count(Step ?? 0)} steps" : Subject;

    /// <summary>What the user said.</summary>
    public int? GivenBatchSize { get; }

    /// <summary>Whether convolutions are summed tap by tap.</summary>
    public bool IsExact => isExact;

    /// <exception cref="BadInputException">Something that was named does not exist or does not go together.</exception>
    public static AnalysisSource Read(Invocation invocation, AnalysisOptions options, string command)
    {
        var source = new AnalysisSource(invocation, options, ModelOptions.Of(invocation, command), invocation.Get(options.Subject)!, invocation.Get(options.Initialization));
        return source.Mode == Mode.Training || source.GivenBatchSize is null ? source : throw new BadInputException(
            "--batch-size: in evaluation mode nothing depends on a batch. Give --mode training for the statistics of batches.");
    }

    /// <summary>The same where update rules are trained too, which a batch size and values of <c>--set</c> are for.</summary>
    /// <exception cref="BadInputException">Something that was named does not exist or does not go together.</exception>
    public static AnalysisSource ReadBesideRules(Invocation invocation, AnalysisOptions options) =>
        ReadBesideRules(invocation, options, invocation.Get(options.Subject)!, invocation.Get(options.Initialization));

    /// <summary>The same for one of several subjects and initializations.</summary>
    public static AnalysisSource ReadBesideRules(Invocation invocation, AnalysisOptions options, string subject, string? scheme) =>
        new(invocation, options, ModelOptions.BesideRules(invocation), subject, scheme);

    /// <summary>A training from the point, on the training part; without measurements on the way.</summary>
    public TrainingSettings Training(IOptimizer optimizer, long steps) => new()
    {
        Model = Model,
        Optimizer = optimizer,
        Initialization = initialization ?? InitializationCatalog.Parse("pytorch"),
        Weights = weights is null ? null : new(weights.Content),
        Seed = Seed,
        BatchSize = Math.Min(GivenBatchSize ?? Settings?.BatchSize ?? Workload.BatchSize, Split.Train.Count),
        Steps = steps,
        EvaluateEvery = long.MaxValue,
        Augmentation = Workload.Augmentation,
        IsExact = isExact,
    };

    /// <summary>The images of <see cref="Training"/>.</summary>
    public TrainingData TrainingData => new TrainingData(Split.Train, Split.Validation, Split.Test, Normalization).MeasuredOn(1, 1, 1, splitSeed: 0);

    /// <summary>The losses of many points on the images.</summary>
    public LossField<T> Field<T>(Executor executor, Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(executor, Model, parameters, Part, Normalization, Mode, BatchSize, isExact);

    /// <summary>The parameters of another checkpoint of the same model.</summary>
    /// <exception cref="BadInputException">It belongs to another model.</exception>
    public ParameterPoint<T> Point<T>(string file) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var parameters = new Parameters<T>(Model.Parameters, Model.Statistics);
        WeightsFile.Load(file, parameters);
        return ParameterPoint.Of(parameters);
    }

    /// <summary>The parameters at the point.</summary>
    /// <exception cref="BadInputException">The checkpoint belongs to another model.</exception>
    public Parameters<T> Parameters<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var parameters = new Parameters<T>(Model.Parameters, Model.Statistics);
        if (weights is null)
        {
            initialization!.Initialize(parameters, Seed);
        }
        else
        {
            WeightsFile.Load(weights.Content, parameters);
        }

        return parameters;
    }

    public LossSurface<T> Surface<T>(Executor executor, Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(executor, Model, parameters, Part, Normalization, Mode, BatchSize, isExact);

    static bool IsWorkload(Invocation invocation, string subject) =>
        WorkloadReader.IsFile(subject) || (WorkloadCatalog.All.Any(x => x.Name == subject) && !File.Exists(invocation.Terminal.FullPath(subject)));

    static string? PathOf(Invocation invocation, string? workload) =>
        workload is not null && WorkloadReader.IsFile(workload) ? invocation.Terminal.FullPath(workload) : workload;
}
