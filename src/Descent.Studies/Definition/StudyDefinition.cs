using Descent.Data;
using Descent.Studies.Lint;
using Descent.Studies.Statistics;
using Descent.Workloads;

namespace Descent.Studies.Definition;

/// <summary>What a study file says, checked, with the workload's values where it says nothing.</summary>
public sealed record StudyDefinition
{
    // Beyond this a study is a mistake, and its trials alone would take gigabytes.
    internal const int MostTrials = 100_000;

    internal const string TunedByKey = "tuned_by", TargetSplitKey = "target_split";

    /// <summary>What commands and files call it: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is to answer; may be empty.</summary>
    public string Question { get; init; } = "";

    public required Workload Workload { get; init; }

    /// <summary>All options of the model in canonical form, in the workload's order.</summary>
    public IReadOnlyList<Setting> Model { get; init; } = [];

    /// <summary>The part of the data to train on, as in <c>train:0-1999</c>; null for the whole training split.</summary>
    public string? Data { get; init; }

    /// <summary>Images of the training part that are set apart for validation; 0 for none.</summary>
    public int ValidationCount { get; init; }

    /// <summary>Where it is not the workload's own; null where it is.</summary>
    public string? Normalization { get; init; }

    /// <summary><c>float32</c> or <c>float64</c>.</summary>
    public string Precision { get; init; } = "float32";

    /// <summary>Whether the training images are changed at random where the workload says so; without effect where it says nothing.</summary>
    public bool IsAugmented { get; init; } = true;

    /// <summary>Whether convolutions are summed tap by tap, without Winograd's transforms.</summary>
    public bool IsExact { get; init; }

    /// <summary>The budget in epochs; null where it is given in steps.</summary>
    public int? Epochs { get; init; }

    /// <summary>The budget in steps; null where it is given in epochs.</summary>
    public long? Steps { get; init; }

    /// <summary>Images a step of the optimizers that say no number of their own.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Images that are worked on at a time where a batch has more; null where whole batches are.</summary>
    public int? PhysicalBatch { get; init; }

    /// <summary><c>shuffled</c>, <c>file</c> or <c>replacement</c>.</summary>
    public string Order { get; init; } = "shuffled";

    /// <summary>What is measured and when, in canonical form; empty for whole parts after each epoch. See <see cref="StudyEvaluation"/>.</summary>
    public IReadOnlyList<Setting> Evaluation { get; init; } = [];

    /// <summary>What is measured along trainings at intervals, in canonical form; empty for nothing. See <see cref="StudyGauges"/>.</summary>
    public IReadOnlyList<Setting> Gauges { get; init; } = [];

    /// <summary>What clips gradients, in canonical form; empty for nothing. See <see cref="StudyClipping"/>.</summary>
    public IReadOnlyList<Setting> Clip { get; init; } = [];

    /// <summary>Whether steps whose loss or gradient is not finite are left out; else they end the trial as diverged.</summary>
    public bool SkipsNonFinite { get; init; }

    /// <summary>The schedules of all optimizers that say none of their own.</summary>
    public StudySchedules Schedules { get; init; } = StudySchedules.None;

    /// <summary>The scheme with all its options in canonical form.</summary>
    public required string Initialization { get; init; }

    /// <summary>Weights of a file to start from; null where all come from the initialization.</summary>
    public StartingWeights? Init { get; init; }

    /// <summary>Whether trials start from the initialization where published weights are not in the data folder.</summary>
    public bool IsInitOptional { get; init; }

    public required IReadOnlyList<ulong> Seeds { get; init; }

    public ulong SplitSeed { get; init; }

    /// <summary>Accuracy in (0, 1] that counts as reached.</summary>
    public double? Target { get; init; }

    /// <summary>By which images the target is told: <c>test</c> or <c>validation</c>.</summary>
    public string TargetSplit { get; init; } = HeldOut.Test.Split;

    /// <summary>The study that has chosen the settings of this one; null for none.</summary>
    public string? TunedBy { get; init; }

    /// <summary>The confounds that it accepts.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>Which settings are looked for; null for none.</summary>
    public StudyMatch? Match { get; init; }

    public required IReadOnlyList<OptimizerEntry> Optimizers { get; init; }

    /// <summary>By which trials are ended early; null where each has its whole budget.</summary>
    public StudyHalving? Halving { get; init; }

    /// <summary>Epochs after which each trial's parameters are kept; those that no trial reaches are passed over.</summary>
    public IReadOnlyList<int> Checkpoints { get; init; } = [];

    /// <summary>Whether the last and the best parameters of trials are kept.</summary>
    public FinalCheckpoint FinalCheckpoint { get; init; } = FinalCheckpoint.Keep;

    /// <summary>All trials in the order in which they are run: all settings at the first seed, then all at the second, and so on, so that a
    /// study that is stopped early can already be compared.</summary>
    /// <exception cref="BadInputException">Two trials are the same, or there are too many.</exception>
    public IReadOnlyList<PlannedTrial> Expand()
    {
        RequireReasonableSize();
        var settings = Optimizers.SelectMany(entry => entry.Combinations(), (entry, told) =>
            (entry, told: (IReadOnlyList<Setting>)[.. told, .. ToldBeside(entry)], all: entry.Complete(told, SchedulesOf(entry).All.Select(x => x.Key)))).ToList();
        var trials = Seeds.SelectMany(seed => settings.Select(x =>
            new PlannedTrial(x.entry.Label, x.told, Trial(x.entry, x.all, seed)))).ToList();
        var twins = trials.GroupBy(trial => trial.Id).FirstOrDefault(group => group.Count() > 1)?.ToList();
        return twins is null ? trials : throw new BadInputException(
            $"Study {Name} lists the same trial twice: {twins[0].Describe()} and {twins[1].Describe()}.");
    }

    /// <summary>The study as it can be run beside the files of a data folder: without the weights to start from where these are optional and not there,
    /// and then its question says so.</summary>
    public StudyDefinition Beside(DataFolder folder) => Init is { Source: { } source } && IsInitOptional
        && WeightsCatalog.All.FirstOrDefault(one => one.Name == source) is { } published && published.File.Find(folder) is null
        ? this with { Init = null, Question = $"{Question} (From scratch: {published.Title} is not in the data folder.)" } : this;

    /// <summary>The study as a file; reading it gives the same study.</summary>
    public string ToYaml() => StudyFileWriter.Write(this);

    TrialSettings Trial(OptimizerEntry entry, IReadOnlyList<Setting> hyperparameters, ulong seed)
    {
        var trial = Own(entry, Common(entry, hyperparameters, seed));
        return trial.PhysicalBatch >= trial.BatchSize ? trial with { PhysicalBatch = null } : trial;
    }

    TrialSettings Own(OptimizerEntry entry, TrialSettings trial) => SweptKey.On(Workload).Aggregate(trial, (before, key) =>
        entry.Own.FirstOrDefault(x => x.Name == key.Name) is { } own ? key.Give(before, own.Value) : before);

    TrialSettings Common(OptimizerEntry entry, IReadOnlyList<Setting> hyperparameters, ulong seed) => new()
    {
        Workload = Workload.Name,
        Problem = Workload.Problem,
        Model = Model,
        Data = Data,
        ValidationCount = ValidationCount,
        Normalization = Normalization,
        Precision = Precision,
        IsAugmented = IsAugmented || Workload.Augmentation is null,
        IsExact = IsExact,
        Epochs = Epochs,
        Steps = Steps,
        BatchSize = BatchSize,
        PhysicalBatch = PhysicalBatch,
        Order = Order,
        Evaluation = Evaluation,
        Gauges = Gauges,
        Clip = entry.Clip ?? Clip,
        SkipsNonFinite = SkipsNonFinite,
        Initialization = Initialization,
        Init = Init,
        Optimizer = entry.Optimizer,
        Hyperparameters = hyperparameters,
        Groups = entry.Groups,
        Schedules = SchedulesOf(entry),
        Seed = seed,
        SplitSeed = SplitSeed,
    };

    StudySchedules SchedulesOf(OptimizerEntry entry) => StudySchedules.From(key =>
        entry.Schedules.GetValueOrDefault(key) ?? Schedules.All.FirstOrDefault(x => x.Key == key).Schedule ?? []);

    /// <summary>What tells the optimizers of this study apart beside their hyperparameters: the keys, the schedules and the clipping of which one entry
    /// at least has its own.</summary>
    IEnumerable<Setting> ToldBeside(OptimizerEntry entry)
    {
        var trial = Own(entry, Common(entry, [], 0));
        var keys = SweptKey.On(Workload).Where(key => Optimizers.Any(x => x.Own.Any(own => own.Name == key.Name || own.Name == SweptKey.Rival(key.Name))) && key.Of(trial) is not null)
            .Select(key => new Setting(key.Name, key.Short(key.Of(trial)!)));
        var all = SchedulesOf(entry).All.ToDictionary();
        var told = keys.Concat(StudySchedules.Keys.Where(key => Optimizers.Any(x => x.Schedules.ContainsKey(key)))
            .Select(key => new Setting(key, StudySchedules.Short(all.GetValueOrDefault(key) ?? []))));
        told = Optimizers.Any(x => x.Clip is not null) ? told.Append(new(StudyClipping.Key, StudyClipping.Short(entry.Clip ?? Clip))) : told;
        return Optimizers.Any(x => StudyGroups.Short(x.Groups) != StudyGroups.Short(Optimizers[0].Groups)) ? told.Append(new(StudyGroups.Key, StudyGroups.Short(entry.Groups))) : told;
    }

    void RequireReasonableSize()
    {
        double count = Seeds.Count * Optimizers.Sum(entry => entry.CombinationCount);
        if (count > MostTrials)
        {
            throw new BadInputException($"Study {Name} must have at most {MostTrials} trials, got {count}.");
        }
    }
}

/// <summary>What happens to a trial's parameters when it ends.</summary>
public enum FinalCheckpoint
{
    /// <summary>The last ones stay as <c>final.safetensors</c>, and those of the highest validation accuracy as <c>best.safetensors</c>, so that they can be
    /// evaluated.</summary>
    Keep,

    /// <summary>The same with the optimizer's state in every file that is kept.</summary>
    State,

    /// <summary>Only those of the epochs stay that the study asks for.</summary>
    Delete,
}
