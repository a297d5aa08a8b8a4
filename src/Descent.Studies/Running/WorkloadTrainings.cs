using Descent.Data;
using Descent.Formats;
using Descent.Layers;
using Descent.Optimizers;
using Descent.Studies.Definition;
using Descent.Studies.Statistics;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Studies.Running;

/// <summary>The trainings of the catalogs' workloads. Data are read once and shared by all trials.</summary>
/// <param name="folder">Where data sets lie.</param>
/// <param name="time">The clocks of the trainings.</param>
/// <param name="optimizers">The rules that trials may name; those that come with Descent where null.</param>
public sealed class WorkloadTrainings(DataFolder folder, TimeProvider time, OptimizerCatalog? optimizers = null) : ITrialTrainings
{
    readonly Lock gate = new();
    readonly Dictionary<string, DataSet> sets = [];
    readonly Dictionary<string, WeightsContent> weights = [];
    readonly Dictionary<(string Workload, string? Digest, string? Normalization, ulong SplitSeed, int ValidationCount, string? Data, string Samples), TrainingData> parts = [];

    /// <summary>Gives the data set of a name; asked once for each.</summary>
    public Func<string, DataSet> Read { get; init; } = name => DataCatalog.Find(name).Load(folder);

    public ITrainingRun Create(TrialSettings settings, Executor executor) =>
        TrainingRun.Create(Settings(settings, optimizers) with { Weights = Weights(settings.Init) }, Data(settings), settings.Precision, executor, time);

    /// <summary>A training as <see cref="Create"/> makes it, of whole pieces of batches, without weights from a file, on the first images alone, so that its
    /// evaluations are short: of use for its pace only.</summary>
    /// <param name="pieces">Pieces to train on, at most.</param>
    /// <param name="others">Images of the other parts, at most.</param>
    public ITrainingRun CreateSample(TrialSettings settings, Executor executor, int pieces, int others)
    {
        int piece = settings.PhysicalBatch ?? settings.BatchSize;
        int images = (int)Math.Min((long)pieces * piece, int.MaxValue);
        var sample = SettingsOf(settings) with
        {
            BatchSize = piece,
            PhysicalBatch = null,
            Steps = long.MaxValue,
            EvaluateEvery = null,
            Gauges = [],
            Schedule = null,
            WeightDecaySchedule = null,
            MomentumSchedule = null,
        };
        return TrainingRun.Create(sample, Data(settings).FirstOf(images, others), settings.Precision, executor, time);
    }

    /// <summary>Makes a training only to see that data and settings go together.</summary>
    /// <exception cref="BadInputException">They do not.</exception>
    public void Check(TrialSettings settings)
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        Create(settings, executor).Dispose();
    }

    public TrainingSettings SettingsOf(TrialSettings trial) => Settings(trial, optimizers);

    public TrialEstimate EstimateOf(TrialSettings trial) => TrialEstimate.Of(trial, SettingsOf(trial));

    public long SharedBytes(TrialSettings trial)
    {
        var data = Data(trial);
        // Twice: while they are read they lie in memory as their file has them, too.
        return 2 * new[] { data.Train, data.Validation, data.Test }.Select(part => part.Images).Distinct()
            .Sum(images => (long)images.Count * images.Shape.Length * (images.Reals is null ? 1 : sizeof(double)));
    }

    public string? CodeOf(TrialSettings trial)
    {
        var rule = (optimizers ?? OptimizerCatalog.Default).Find(trial.Optimizer).Type.Module;
        return rule == typeof(IOptimizer).Module ? null : rule.ModuleVersionId.ToString("N");
    }

    /// <summary>What a trial trains with.</summary>
    /// <exception cref="BadInputException">A name is not, or no longer, in a catalog.</exception>
    public static TrainingSettings Settings(TrialSettings trial, OptimizerCatalog? optimizers = null) => new()
    {
        Model = trial.FindWorkload().CreateModel(Texts(trial.Model)),
        Optimizer = (optimizers ?? OptimizerCatalog.Default).Create(trial.Optimizer, trial.Hyperparameters.ToDictionary(x => x.Name, x => (object)x.Value)),
        ParameterGroups = StudyGroups.Create(trial.Groups),
        Initialization = InitializationCatalog.Parse(trial.Initialization),
        Schedule = StudySchedules.Plan(trial.Schedules.LearningRate),
        WeightDecaySchedule = StudySchedules.Plan(trial.Schedules.WeightDecay),
        MomentumSchedule = StudySchedules.Plan(trial.Schedules.Momentum),
        Seed = trial.Seed,
        BatchSize = trial.BatchSize,
        PhysicalBatch = trial.PhysicalBatch,
        Epochs = trial.Epochs ?? 0,
        Steps = trial.Steps,
        Order = Order(trial.Order),
        EvaluateEvery = StudyEvaluation.Interval(trial.Evaluation),
        Augmentation = trial.IsAugmented ? trial.FindWorkload().Augmentation : null,
        IsExact = trial.IsExact,
        Clipping = StudyClipping.Create(trial.Clip),
        Gauges = StudyGauges.Create(trial.Gauges),
        MeasuresParameters = StudyEvaluation.MeasuresParameters(trial.Evaluation),
        SkipsNonFinite = trial.SkipsNonFinite,
    };

    /// <summary>What a trial trains and is evaluated on.</summary>
    /// <exception cref="BadInputException">Files of the data set are missing or damaged, or the trial's part is not in it.</exception>
    public TrainingData Data(TrialSettings trial)
    {
        lock (gate)
        {
            var key = (trial.Workload, trial.Problem?.Digest, trial.Normalization, trial.SplitSeed, trial.ValidationCount, trial.Data, StudyEvaluation.Short(trial.Evaluation));
            if (!parts.TryGetValue(key, out var data))
            {
                var workload = trial.FindWorkload();
                var set = workload.Problem is null ? Load(workload.DataSet) : workload.Data.Load(folder);
                var selection = trial.Data is null ? null : DataSelection.Parse(trial.Data);
                data = TrainingData.Of(set, DataSplit.Draw(set, trial.SplitSeed, trial.ValidationCount), selection, workload.Normalization)
                    .MeasuredOn(Images("train"), Images("validation"), Images("test"), trial.SplitSeed);
                parts.Add(key, data);
            }

            return data;
        }

        int? Images(string part) => StudyEvaluation.Images(trial.Evaluation, part);
    }

    /// <summary>The order that a trial names.</summary>
    internal static ImageOrder Order(string name) => name switch
    {
        "file" => ImageOrder.File,
        "replacement" => ImageOrder.Replacement,
        _ => ImageOrder.Shuffled,
    };

    InitialWeights? Weights(StartingWeights? init)
    {
        if (init is null)
        {
            return null;
        }

        string source = init.Source ?? throw new BadInputException($"Where the weights of SHA-256 {init.Digest} lie is not known: give init.");
        bool isPublished = !Path.IsPathFullyQualified(source);
        string file = isPublished ? WeightsCatalog.FileOf(source, folder) : source;
        lock (gate)
        {
            if (!weights.TryGetValue(init.Digest, out var content))
            {
                content = StartingWeights.DigestOf(file) == init.Digest ? WeightsFile.Read(file)
                    : throw new BadInputException(isPublished
                        ? $"{file} is not the file that was published: its SHA-256 is not {init.Digest}. Delete it and run: descent data get {source}"
                        : $"{file} has changed: its SHA-256 is not {init.Digest} any more.");
                weights.Add(init.Digest, content);
            }

            return new(content, init.IsExceptHead);
        }
    }

    DataSet Load(string name)
    {
        if (!sets.TryGetValue(name, out var set))
        {
            set = Read(name);
            sets.Add(name, set);
        }

        return set;
    }

    static Dictionary<string, string> Texts(IReadOnlyList<Setting> settings) => settings.ToDictionary(x => x.Name, x => x.Value);
}
