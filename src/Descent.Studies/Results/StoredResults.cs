using Descent.Studies.Definition;
using Descent.Studies.Reports;
using Descent.Studies.Results.Sections;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;
using Descent.Training;
using Descent.Workloads;

namespace Descent.Studies.Results;

/// <summary>From what a store holds of a study to what is said of it. Nothing is imputed: what a trial did not reach or measure is null or
/// NaN.</summary>
public static class StoredResults
{
    /// <summary>More are not told one by one.</summary>
    const int MostModels = 4;

    /// <summary>All trials of a study in its order. The points of their steps are read from the store when they are asked for.</summary>
    public static IReadOnlyList<TrialResult> Trials(IStudyStore store, StoredStudy study)
    {
        var epochs = store.StudyEpochs(study.Name);
        var split = StudyFacts.Of(study).TargetSplit;
        return [.. store.Trials(study.Name).Select(trial => Trial(store, study, trial, epochs.GetValueOrDefault(trial.Trial.Id) ?? [], split))];
    }

    /// <summary>One trial.</summary>
    public static TrialResult Trial(IStudyStore store, StoredStudy study, StudyTrial trial) =>
        Trial(store, study, trial, store.Epochs(trial.Trial.Id), StudyFacts.Of(study).TargetSplit);

    static TrialResult Trial(IStudyStore store, StoredStudy study, StudyTrial trial, IReadOnlyList<EpochRecord> epochs, HeldOut split)
    {
        var stored = trial.Trial;
        var points = epochs.Select(epoch => Point(epoch, stored.StepsPerEpoch)).ToList();
        var measured = points.Where(point => !double.IsNaN(point.TestAccuracy)).ToList();
        return new()
        {
            Id = stored.Id,
            Optimizer = trial.Label,
            Rule = stored.Settings.Optimizer,
            Settings = trial.Told,
            AllSettings = [.. stored.Settings.Hyperparameters, .. Shared(stored.Settings, trial.Told), new("workload", stored.Settings.Workload)],
            ReadSteps = () => store.Steps(stored.Id),
            ReadGauges = () => store.Gauges(stored.Id),
            ReadConfusion = () => store.Confusion(stored.Id),
            InitialWeights = StudyEvaluation.MeasuresParameters(stored.Settings.Evaluation)
                ? [.. store.InitialWeights(stored.Id).Select(weight => (weight.Name, weight.Deviation))] : [],
            Seed = stored.Settings.Seed,
            Metric = stored.Settings.Problem is { Data.HasNumbers: true } ? MetricName.Determination : MetricName.Accuracy,
            State = stored.State,
            StoppedAtStep = stored.DivergedAtStep,
            SkippedSteps = stored.SkippedSteps,
            Reason = stored.Reason,
            Epochs = points,
            FinalTestAccuracy = stored.State == TrialState.Complete && measured.Count > 0 ? measured[^1].TestAccuracy : null,
            BestTestAccuracy = measured.Count > 0 ? measured.Max(point => point.TestAccuracy) : null,
            StepsToTarget = study.Target is { } target && points.FindIndex(point => split.Accuracy(point) >= target) is >= 0 and var first
                ? points[first].Step : null,
            Seconds = epochs.Count > 0 ? epochs[^1].Seconds : null,
            WallSeconds = stored.Attempts > 0 ? stored.WallSeconds : null,
            ProcessorSeconds = stored.Attempts > 0 ? stored.ProcessorSeconds : null,
            Gradients = TrialCost.Gradients(stored.GradientEvaluations, stored.HessianProducts),
            TrialsBeside = stored.Attempts > 0 ? stored.TrialsBeside : null,
            ReadCost = () => TrialCosts.Of(stored.Settings),
            Environment = stored.Environment is { } place ? Environment(place) : null,
            EndedAt = stored.EndedAt,
        };
    }

    /// <summary>All that the report of a study needs.</summary>
    public static ReportModel Report(IStudyStore store, StoredStudy study, TimeProvider time)
    {
        var (trials, stored) = (Trials(store, study), store.Trials(study.Name));
        return new()
        {
            Study = study.Name,
            Question = study.Question,
            Workload = study.Workload,
            WorkloadDescription = Described(study, stored),
            SharedSettings = stored is [var first, ..] ? Shared(first.Trial.Settings, first.Told) : [],
            Target = Target(study),
            Trials = trials,
            Beside = BesideResults.Of(study, StudySummary.From(trials)),
            Comparison = StoredComparison.Page(store, study),
            Classes = Classes(study),
            Checkpoints = Checkpoints(study),
            WrittenAt = time.GetUtcNow(),
        };
    }

    /// <summary>The workload's title, with what the study changes of its model.</summary>
    static string Described(StoredStudy study, IReadOnlyList<StudyTrial> trials)
    {
        if (Workload(study) is not { } workload)
        {
            return "";
        }

        var usual = workload.CanonicalOptions();
        var changed = trials.SelectMany(trial => trial.Trial.Settings.Model).Where(option => usual.GetValueOrDefault(option.Name) != option.Value).Distinct()
            .GroupBy(option => option.Name).Select(same => $"{same.Key} {string.Join(" or ", same.Take(MostModels).Select(option => option.Value))}{(same.Count() > MostModels ? ", …" : "")}").ToList();
        return workload.Title + (changed.Count == 0 ? "" : $"; here with {string.Join(", ", changed)}");
    }

    /// <summary>The study's target; null when it has none.</summary>
    public static StudyTarget? Target(StoredStudy study) => study.Target is not { } target ? null
        : new($"{StudyFacts.Of(study).TargetSplit.Split} {(Workload(study) is { } workload ? MetricName.Of(workload) : MetricName.Accuracy)}", target);

    /// <summary>The names of the classes of the study's data; empty where its workload is not known here.</summary>
    public static IReadOnlyList<string> Classes(StoredStudy study) =>
        Workload(study)?.Data.ClassNames ?? [];

    /// <summary>The study's workload; null where it is not known here.</summary>
    public static Workload? Workload(StoredStudy study) =>
        WorkloadCatalog.All.FirstOrDefault(workload => workload.Name == study.Workload) ?? Definition(study)?.Workload;

    /// <summary>The epochs after which the study keeps parameters; none where its definition is of another version.</summary>
    public static IReadOnlyList<int> Checkpoints(StoredStudy study) => Definition(study)?.Checkpoints ?? [];

    /// <summary>Which settings the study looks for; null where it looks for none, or its definition is of another version.</summary>
    public static StudyMatch? Match(StoredStudy study) => Definition(study)?.Match;

    /// <summary>The study as it was run last; null where its definition is of another version.</summary>
    static StudyDefinition? Definition(StoredStudy study)
    {
        try
        {
            return StudyFile.Parse(study.Definition, $"{study.Name}.yaml");
        }
        catch (BadInputException)
        {
            return null;
        }
    }

    /// <summary>What all trials of a study have in common, in the order of the study file's keys.</summary>
    /// <param name="trial">Any of them.</param>
    /// <param name="told">What tells it apart from the others.</param>
    public static IReadOnlyList<Setting> Shared(TrialSettings trial, IReadOnlyList<Setting> told)
    {
        var shared = new List<Setting>();
        shared.AddRange(trial.Model.Select(option => new Setting($"{SweptKey.ModelPrefix}{option.Name}", option.Value)).Where(x => told.All(setting => setting.Name != x.Name)));
        Add("data", trial.Data);
        Add("validation", trial.ValidationCount == 0 ? null : trial.ValidationCount);
        Add(SweptKey.NormalizationKey, trial.Normalization);
        Add("precision", trial.Precision);
        Add("augmentation", trial.IsAugmented ? null : "false");
        Add("exact", trial.IsExact ? "true" : null);
        Add("epochs", trial.Epochs);
        Add("steps", trial.Steps);
        Add("batch_size", trial.BatchSize);
        Add("physical_batch", trial.PhysicalBatch);
        Add("order", trial.Order);
        Add(StudyEvaluation.Key, trial.Evaluation.Count == 0 ? null : StudyEvaluation.Short(trial.Evaluation));
        Add(StudyGauges.Key, trial.Gauges.Count == 0 ? null : StudyGauges.Short(trial.Gauges));
        Add(StudyClipping.Key, trial.Clip.Count == 0 || told.Any(setting => setting.Name == StudyClipping.Key) ? null
            : StudyClipping.Short(trial.Clip));
        Add(StudyGroups.Key, trial.Groups.Count == 0 ? null : StudyGroups.Short(trial.Groups));
        Add("non_finite", trial.SkipsNonFinite ? "skip" : null);
        foreach (var (key, schedule) in trial.Schedules.All.Where(x => told.All(setting => setting.Name != x.Key)))
        {
            Add(key, StudySchedules.Short(schedule));
        }

        Add("initialization", trial.Initialization);
        Add("init", trial.Init is { } init ? $"SHA-256 {init.Digest}{(init.IsExceptHead ? ", except the last layer" : "")}" : null);
        Add("split_seed", trial.SplitSeed);
        return shared;

        void Add(string name, object? value)
        {
            if (value is not null && told.All(setting => setting.Name != name))
            {
                shared.Add(new(name, FormattableString.Invariant($"{value}")));
            }
        }
    }

    /// <summary>The epoch's number counts the running one too; the point says how far it is.</summary>
    static EpochPoint Point(EpochRecord epoch, long? stepsPerEpoch) => new(
        stepsPerEpoch is { } steps ? (double)epoch.Step / steps : epoch.Epoch, epoch.Step,
        epoch.TrainLoss, epoch.TrainAccuracy, epoch.TestLoss, epoch.TestAccuracy)
    {
        ValidationLoss = epoch.ValidationLoss,
        ValidationAccuracy = epoch.ValidationAccuracy,
        Seconds = epoch.Seconds,
        Gradients = TrialCost.Gradients(epoch.GradientEvaluations, epoch.HessianProducts) ?? double.NaN,
    };

    static RunEnvironment Environment(TrialEnvironment place) =>
        new($"{place.Processor}, {place.System}", place.Cores, place.VectorBits, place.Runtime,
            $"{place.Version} build {TrialSettings.Short(place.Build)}");
}
