using Descent.Optimizers;
using Descent.Studies.Comparisons;
using Descent.Studies.Definition;
using Descent.Studies.Statistics;

namespace Descent.Studies.Protocols;

/// <summary>A comparison on several workloads in two stages: points of each rule's own search space at tuning seeds, then the best of each, by the validation images, at seeds
/// of their own. The points depend on the split seed alone; the targets are given, or fixed by baselines before anything else is run.</summary>
public sealed class ProtocolDefinition
{
    const string TargetsKey = "targets", TargetKey = "target";

    static readonly string[] ofTuning = ["one-seed", "compared-seeds-choose"];

    readonly YamlMapping file;
    readonly Place place;
    readonly OptimizerCatalog catalog;
    readonly IReadOnlyList<ProtocolEntry> entries;
    readonly IReadOnlyList<YamlMapping> workloads;

    internal ProtocolDefinition(YamlMapping file, Place place, OptimizerCatalog catalog)
    {
        (this.file, this.place, this.catalog) = (file, place, catalog);
        file.RequireKnown("A protocol", ["name", "question", "workloads", "tuning", "seeds", "split_seed", "waive", "optimizers", TargetsKey]);
        Name = StudyFileReader.CheckedName(file["name"]?.Text("name") ?? Path.GetFileNameWithoutExtension(place.Source), place);
        Question = file["question"]?.Text("question") ?? "";
        SplitSeed = file["split_seed"]?.Seed("split_seed") ?? 0;
        Seeds = [.. Required("seeds").Items().Select(item => item.Seed("seeds"))];
        var tuning = Required("tuning").Keys("tuning");
        tuning.RequireKnown("tuning", ["trials", "seeds"]);
        Trials = (int)(tuning["trials"]?.Whole("tuning: trials", 1) ?? throw tuning.Place.Mistake("tuning needs a number of trials, as in tuning: { trials: 5, seeds: [1000] }."));
        TuningSeeds = [.. (tuning["seeds"] ?? throw tuning.Place.Mistake("tuning needs seeds of its own, as in tuning: { trials: 5, seeds: [1000] }.")).Items()
            .Select(item => item.Seed("tuning: seeds"))];
        if (Seeds.Intersect(TuningSeeds).ToList() is { Count: > 0 } common)
        {
            throw tuning.Place.Mistake($"the tuning seeds must not be compared, got {string.Join(", ", common)} in both.");
        }

        entries = [.. Required("optimizers").Items().Select(node => new ProtocolEntry(node, catalog))];
        workloads = [.. Required("workloads").Items().Select(node => node.Keys("workloads"))];
        Workloads = [.. workloads.Select(workload => workload["workload"]?.Text("workload") ?? throw workload.Place.Mistake("an item of workloads needs the key \"workload\"."))];
        Baselines = BaselinesOf(file[TargetsKey]?.Keys(TargetsKey));
    }

    /// <summary>The protocol whose results fix the targets of the workloads that have none; null where all have theirs, or the file names no baselines.</summary>
    public ProtocolDefinition? Baselines { get; }

    public string Name { get; }

    public string Question { get; }

    /// <summary>The workloads by their names.</summary>
    public IReadOnlyList<string> Workloads { get; }

    /// <summary>Points that are tried for each optimizer on each workload.</summary>
    public int Trials { get; }

    public IReadOnlyList<ulong> TuningSeeds { get; }

    /// <summary>Seeds that are compared.</summary>
    public IReadOnlyList<ulong> Seeds { get; }

    public ulong SplitSeed { get; }

    /// <summary>Trials of its own on one workload, in both stages.</summary>
    public int TrialsPerWorkload => entries.Count * ((Trials * TuningSeeds.Count) + Seeds.Count);

    public IReadOnlyList<string> Labels => [.. entries.Select(entry => entry.Label)];

    /// <summary>The name of the compared study of a workload.</summary>
    public string StudyOf(string workload) => $"{Name}.{workload}";

    /// <summary>The study that tries the points.</summary>
    public StudyDefinition Tuning(string workload) => Study(workload, $"{StudyOf(workload)}.tuning",
        $"Which of {Trials} points suits each optimizer on {workload}?", TuningSeeds, entries.SelectMany(entry => entry.Points(Trials, SplitSeed)),
        study => study.With("waive", Waivers(StudyOf(workload))));

    /// <summary>The study that compares the chosen settings.</summary>
    /// <param name="workload">One of <see cref="Workloads"/>.</param>
    /// <param name="tuned">The trials of <see cref="Tuning"/>.</param>
    public StudyDefinition Compared(string workload, IReadOnlyList<TrialResult> tuned)
    {
        var (summary, chosenBy) = (StudySummary.From(tuned), HeldOut.Of(tuned));
        var chosen = entries.Select(entry => entry.With(SettingChoice.Best(summary.Settings.Where(setting => setting.Optimizer == entry.Label), chosenBy).Settings));
        return Second(workload, chosen);
    }

    /// <summary>A study of as many and as long trials as the comparison will have, whose settings are not known before the tuning: for estimates.</summary>
    public StudyDefinition StandIn(string workload) =>
        Second(workload, entries.SelectMany(entry => entry.Points(1, SplitSeed)));

    /// <summary>Its studies in the order in which they run, the settings of comparisons not known: those that fix targets, then of each workload both.</summary>
    public IEnumerable<StudyDefinition> Plan() =>
        (Baselines?.Plan() ?? []).Concat(Workloads.SelectMany(workload => (StudyDefinition[])[Tuning(workload), StandIn(workload)]));

    /// <summary>The protocol with the target of a workload.</summary>
    public ProtocolDefinition At(string workload, double target) => new(file.With("workloads", new YamlList(place,
        [.. workloads.Zip(Workloads, (keys, name) => name == workload ? keys.With(TargetKey, Text(Hyperparameter.Text(target))) : keys)])), place, catalog);

    /// <summary>The section's own optimizers, tuning and seeds; all else is the protocol's.</summary>
    ProtocolDefinition? BaselinesOf(YamlMapping? targets)
    {
        targets?.RequireKnown(TargetsKey, ["tuning", "seeds", "optimizers"]);
        var open = workloads.Where(workload => workload[TargetKey] is null).ToList();
        if (targets is null || open.Count == 0)
        {
            return null;
        }

        var keys = targets.With("name", Text($"{Name}-{TargetsKey}")).With("workloads", new YamlList(targets.Place, [.. open]))
            .With("question", new YamlScalar(targets.Place, $"What do the baselines of {Name} reach?", IsPlain: false)).With("split_seed", Text($"{SplitSeed}"));
        var baselines = new ProtocolDefinition(file["waive"] is { } waive ? keys.With("waive", waive) : keys, targets.Place, catalog);
        return baselines.Seeds.Concat(baselines.TuningSeeds).Intersect(Seeds).ToList() is not { Count: > 0 } common ? baselines
            : throw targets.Place.Mistake($"the seeds of {TargetsKey} must not be compared, got {string.Join(", ", common)} in both.");
    }

    StudyDefinition Second(string workload, IEnumerable<YamlNode> chosen) => Study(workload, StudyOf(workload), Question, Seeds, chosen, study =>
        file["waive"] is { } waive ? study.With("tuned_by", Text($"{StudyOf(workload)}.tuning")).With("waive", waive) : study.With("tuned_by", Text($"{StudyOf(workload)}.tuning")));

    StudyDefinition Study(string workload, string name, string question, IReadOnlyList<ulong> seeds, IEnumerable<YamlNode> optimizers, Func<YamlMapping, YamlMapping> complete)
    {
        var keys = workloads[Workloads.ToList().IndexOf(workload)].With("name", Text(name)).With("question", new YamlScalar(place, question, IsPlain: false))
            .With("seeds", new YamlList(place, [.. seeds.Select(seed => Text($"{seed}"))])).With("split_seed", Text($"{SplitSeed}"))
            .With("target_split", Text(HeldOut.Validation.Split)).With("final_checkpoint", Text("delete")).With("optimizers", new YamlList(place, [.. optimizers]));
        return new StudyFileReader(complete(keys), place, catalog).Read();
    }

    YamlMapping Waivers(string study) => new(place,
    [
        .. ofTuning.Where(code => code != "one-seed" || TuningSeeds.Count == 1)
            .Select(code => new YamlEntry(code, place, new YamlScalar(place, $"It chooses settings; {study} compares them.", IsPlain: false))),
        .. file["waive"] is YamlMapping more ? more.Entries : [],
    ]);

    YamlScalar Text(string text) => new(place, text, IsPlain: true);

    YamlNode Required(string key) => file[key] ?? throw place.Mistake($"a protocol needs the key \"{key}\".");
}
