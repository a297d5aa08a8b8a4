using System.Globalization;
using Descent.Data;
using Descent.Layers;
using Descent.Optimizers;
using Descent.Studies.Statistics;
using Descent.Training;
using Descent.Workloads;

namespace Descent.Studies.Definition;

/// <summary>From the keys of a study to its definition, every value checked where it stands.</summary>
sealed class StudyFileReader(YamlMapping study, Place file, OptimizerCatalog optimizers)
{
    const int LongestName = 100;

    internal static IReadOnlyList<string> Known { get; } =
    [
        "name", "question", "workload", "model", "data", "validation", SweptKey.NormalizationKey, "precision", "exact", "augmentation", "epochs", "steps", "batch_size",
        "physical_batch", "order", StudyEvaluation.Key, StudyGauges.Key, "clip", "clip_norm", StudyGroups.Key, "non_finite", .. StudySchedules.Keys, "initialization", "init", "init_except_head", "init_missing",
        "seeds", "split_seed", "target", StudyMatch.Key, StudyDefinition.TargetSplitKey, StudyDefinition.TunedByKey, StudyWaivers.Key, "trials", "checkpoints", "final_checkpoint",
        StudySearch.Key, StudyHalving.Key, "optimizers",
    ];

    static readonly string[] nonFinitePolicies = ["stop", "skip"];
    static readonly string[] finals = ["keep", "state", "delete"];
    static readonly string[] targetSplits = [HeldOut.Test.Split, HeldOut.Validation.Split];
    static readonly string[] missingWeights = ["refuse", "scratch"];

    public StudyDefinition Read()
    {
        study.RequireKnown("A study", Known);
        var workload = Workload();
        var (epochs, steps) = Budget(workload);
        var data = Data();
        int validation = Validation(workload);
        int images = Images(workload, data, validation);
        var definition = new StudyDefinition
        {
            Name = Name(),
            Question = study["question"]?.Text("question") ?? "",
            Workload = workload,
            Model = Model(workload),
            Data = data,
            ValidationCount = validation,
            Normalization = First(SweptKey.Normalization(workload), images) is { } name && name != workload.Normalization.Name ? name : null,
            Precision = First(SweptKey.Precision, images) ?? TrainingRun.Precisions[0],
            IsAugmented = Flag("augmentation", byDefault: true),
            IsExact = Flag("exact", byDefault: false),
            Epochs = epochs,
            Steps = steps,
            BatchSize = First(SweptKey.BatchSize, images) is { } batch ? int.Parse(batch, CultureInfo.InvariantCulture) : workload.BatchSize,
            PhysicalBatch = First(SweptKey.PhysicalBatch, images) is { } physical ? int.Parse(physical, CultureInfo.InvariantCulture) : null,
            Order = First(SweptKey.Order, images) ?? "shuffled",
            Evaluation = StudyEvaluation.Read(study[StudyEvaluation.Key]),
            Gauges = StudyGauges.Read(study[StudyGauges.Key], images),
            Clip = StudyClipping.Read(study) ?? [],
            SkipsNonFinite = Choice("non_finite", nonFinitePolicies) == "skip",
            Schedules = StudySchedules.From(key => study[key] is { } schedule ? ScheduleReader.Read(schedule, key) : []),
            Initialization = First(SweptKey.Initialization, images) ?? InitializationCatalog.Parse("pytorch").Canonical,
            Init = Init(),
            IsInitOptional = Choice("init_missing", missingWeights) == "scratch",
            Seeds = Seeds(),
            SplitSeed = SplitSeed(),
            Target = Target() ?? workload.TargetAccuracy,
            TargetSplit = TargetSplit(validation),
            TunedBy = study[StudyDefinition.TunedByKey] is { } tuning ? CheckedName(tuning.Text(StudyDefinition.TunedByKey), tuning.Place) : null,
            Waivers = StudyWaivers.Read(study[StudyWaivers.Key]),
            Checkpoints = Checkpoints(),
            FinalCheckpoint = Enum.Parse<FinalCheckpoint>(Choice("final_checkpoint", finals), ignoreCase: true),
            Optimizers = Optimizers(workload, images),
            Halving = StudyHalving.Read(study[StudyHalving.Key]),
        };
        if (definition.Checkpoints.Count > 0 && StudyEvaluation.Interval(definition.Evaluation) is not null)
        {
            throw study["checkpoints"]!.Place.Mistake("checkpoints are of epochs, but evaluate: every measures at other moments; give one of them.");
        }

        var trials = (study["optimizers"]?.Place ?? file).Do(definition.Expand);
        foreach (var groups in definition.Optimizers.Select(entry => entry.Groups).Where(groups => groups.Count > 0).DistinctBy(StudyGroups.Short))
        {
            var model = workload.CreateModel(definition.Model.ToDictionary(x => x.Name, x => x.Value));
            _ = (study[StudyGroups.Key]?.Place ?? study["optimizers"]!.Place).Do(() =>
            {
                StudyGroups.RequireMatches(groups, model);
                return model;
            });
        }

        _ = study[StudyHalving.Key]?.Place.Do(() =>
        {
            definition.Halving!.RequireComparable(trials);
            return trials;
        });
        return definition with { Match = StudyMatch.Read(study[StudyMatch.Key], definition.Optimizers.Select(entry => entry.Label)) };
    }

    string Name()
    {
        return study["name"] is { } node ? CheckedName(node.Text("name"), node.Place) : CheckedName(Path.GetFileNameWithoutExtension(file.Source), file);
    }

    internal static string CheckedName(string name, Place place) =>
        name.Length is > 0 and <= LongestName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') && char.IsAsciiLetterOrDigit(name[0])
            ? name : throw place.Mistake($"a study's name is letters, digits, \"-\", \"_\" and \".\", at most {LongestName}, got \"{name}\".");

    Workload Workload() => WorkloadReader.Read(Required("workload"), Name());

    /// <summary>A count, or a percentage of what is there to train on.</summary>
    int Validation(Workload workload)
    {
        var node = study["validation"];
        return node is null ? 0 : TryShare(node, workload.Data.TrainCount - workload.Data.DrawnTestCount, out int count) ? count
            : (int)Whole("validation", 0, int.MaxValue)!;
    }

    /// <summary>Reads a count, or a percentage of what is there (<c>20%</c>), rounded down.</summary>
    /// <returns>False where it is neither.</returns>
    internal static bool TryShare(YamlNode node, int all, out int count)
    {
        var scalar = node as YamlScalar;
        bool isPercent = scalar is { IsPlain: true } && scalar.Text.EndsWith('%');
        double value = 0;
        bool isShare = scalar is { IsPlain: true } && YamlValue.TryNumber(isPercent ? scalar with { Text = scalar.Text[..^1] } : scalar, out value)
            && value >= 0 && (isPercent ? value <= 100 : value == Math.Floor(value) && value <= int.MaxValue);
        count = !isShare ? 0 : isPercent ? (int)Math.Floor((decimal)value * all / 100) : (int)value;
        return isShare;
    }

    Setting[] Model(Workload workload)
    {
        var keys = SweptKey.On(workload).ToDictionary(key => key.Name);
        var given = new Dictionary<string, string>();
        foreach (var one in study["model"]?.Keys("model").Entries ?? [])
        {
            if (!keys.TryGetValue($"{SweptKey.ModelPrefix}{one.Key}", out var key))
            {
                throw one.Place.Mistake($"{workload.Name} has no model option \"{one.Key}\".{NearestName.Hint(one.Key, workload.ModelOptions.Select(option => option.Name))}");
            }

            string[] values = [.. key.Unfold(one.Value).Select(value => key.Canonical(value, 0))];
            if (values.Length > 0)
            {
                given.Add(one.Key, values[0]);
            }
        }

        var options = workload.CanonicalOptions(given);
        return [.. workload.ModelOptions.Select(option => new Setting(option.Name, options[option.Name]))];
    }

    string? Data()
    {
        if (study["data"] is not { } node)
        {
            return null;
        }

        var selection = node.Place.Do(() => DataSelection.Parse(node.Text("data")));
        return selection.Split == "train" ? node.Text("data")
            : throw node.Wrong("data", "be a part of train (as in train:0-1999), which is what trials train on");
    }

    (int? Epochs, long? Steps) Budget(Workload workload)
    {
        if (study["epochs"] is { } epochs && study["steps"] is not null)
        {
            throw epochs.Place.Mistake("a study has a budget of epochs or of steps, not both.");
        }

        long? steps = First(SweptKey.Steps, 0) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
        return (steps is not null ? null : First(SweptKey.Epochs, 0) is { } whole ? int.Parse(whole, CultureInfo.InvariantCulture) : workload.Epochs, steps);
    }

    /// <summary>The value of a key, or the first that it lists; null where it is not given, or a range for a search.</summary>
    string? First(SweptKey key, int images) =>
        study[key.Name] is { } node && key.Unfold(node) is [var first, ..] ? key.Canonical(first, images) : null;

    /// <summary>Images to train on, by the catalog's sizes.</summary>
    static int Images(Workload workload, string? data, int validation)
    {
        var set = workload.Data;
        return data is not null && DataSelection.Parse(data) is { First: { } first, Last: { } last } ? last - first + 1
            : set.TrainCount - set.DrawnTestCount - validation;
    }

    ulong SplitSeed() => study["split_seed"]?.Seed("split_seed") ?? 0;

    StartingWeights? Init()
    {
        bool? isExceptHead = study["init_except_head"] is null ? null : Flag("init_except_head", byDefault: false);
        if (study["init"] is not { } node)
        {
            return isExceptHead is null ? null : throw study["init_except_head"]!.Place.Mistake("init_except_head says how to start from init, which is not given.");
        }

        // A path in a file begins at that file, one of a flag at the working folder.
        string start = node.Place.Line is null ? "." : Path.GetDirectoryName(Path.GetFullPath(node.Place.Source))!;
        string text = node.Text("init");
        return node.Place.Do(() => StartingWeights.Of(text, Path.GetFullPath(start), isExceptHead));
    }

    ulong[] Seeds()
    {
        var node = Required("seeds");
        // On the command line, --seeds 0,1,2 is one text.
        IEnumerable<YamlNode> items = node is YamlScalar { IsPlain: true } scalar && scalar.Text.Contains(',')
            ? scalar.Text.Split(',', StringSplitOptions.TrimEntries).Select(text => scalar with { Text = text })
            : node.Items();
        ulong[] seeds = [.. items.Select(item => item.Seed("seeds"))];
        return seeds.Length > 0 && seeds.Distinct().Count() == seeds.Length ? seeds
            : throw node.Place.Mistake("seeds must list one seed or more, none twice.");
    }

    int[] Checkpoints()
    {
        if (study["checkpoints"] is not { } node)
        {
            return [];
        }

        // Some may lie behind the budget: --epochs may have made it smaller.
        int[] kept = [.. node.Items().Select(item => (int)Math.Min(item.Whole("checkpoints", 1), int.MaxValue))];
        return kept.Distinct().Count() == kept.Length ? kept : throw node.Place.Mistake("checkpoints must list epochs, none twice.");
    }

    double? Target() => study["target"] is not { } node ? null
        : node.Number("target") is var target and > 0 and <= 1 ? target
        : throw node.Wrong("target", "be a test accuracy in (0, 1], as in 0.97");

    string TargetSplit(int validation)
    {
        string split = Choice(StudyDefinition.TargetSplitKey, targetSplits);
        return split == HeldOut.Test.Split || validation > 0 ? split
            : throw study[StudyDefinition.TargetSplitKey]!.Place.Mistake("target_split is validation, but the study sets no images apart for it: validation: 5000.");
    }

    OptimizerEntry[] Optimizers(Workload workload, int images)
    {
        var node = Required("optimizers");
        var items = node is YamlList list ? list.Items : throw node.Wrong("optimizers", "be a list (- adam: { learning_rate: 1e-3 })");
        var reader = new OptimizerEntries(study, SweptKey.On(workload), images, StudySearch.Read(study[StudySearch.Key], SplitSeed()), optimizers);
        var entries = new List<OptimizerEntry>();
        foreach (var item in items)
        {
            var more = reader.Read(item).ToList();
            if (entries.FirstOrDefault(x => more[0].Label == x.Label && more[0].Optimizer != x.Optimizer) is { } other)
            {
                throw item.Place.Mistake($"the label \"{other.Label}\" stands for {other.Optimizer} already, not for {more[0].Optimizer}.");
            }

            entries.AddRange(more);
        }

        return entries.Count > 0 ? [.. entries] : throw node.Place.Mistake("a study needs at least one optimizer.");
    }

    YamlNode Required(string key) => study[key] ?? throw file.Mistake($"a study needs the key \"{key}\".");

    long? Whole(string key, long least, long most)
    {
        long? value = study[key]?.Whole(key, least);
        return value is null || value <= most ? value : throw study[key]!.Wrong(key, $"be at most {most}");
    }

    bool Flag(string key, bool byDefault) => study[key] is not { } node ? byDefault
        : YamlValue.TryFlag(node, out bool flag) ? flag : throw node.Wrong(key, "be true or false");

    /// <summary>One of several words; the first is the default.</summary>
    string Choice(string key, string[] choices)
    {
        string text = study[key]?.Text(key) ?? choices[0];
        return choices.Contains(text) ? text
            : throw study[key]!.Place.Mistake($"{key} \"{text}\" does not exist.{NearestName.Hint(text, choices)}");
    }
}
