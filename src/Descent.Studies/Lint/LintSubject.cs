using Descent.Studies.Definition;
using Descent.Studies.Statistics;

namespace Descent.Studies.Lint;

/// <summary>What is looked at: a study's plan, and the results that there are.</summary>
public sealed class LintSubject
{
    /// <param name="name">The study's.</param>
    /// <param name="plan">Its trials.</param>
    public LintSubject(string name, IReadOnlyList<PlannedTrial> plan)
    {
        (Name, Plan) = (name, plan);
        Labels = [.. plan.GroupBy(trial => trial.Label).Select(same => new LintUnit(same.Key, [.. same]))];
        Settings = [.. plan.GroupBy(trial => (trial.Label, string.Join(' ', trial.Told.Select(x => $"{x.Name}={x.Value}"))))
            .Select(same => new LintUnit($"{same.Key.Label} {same.Key.Item2}".TrimEnd(), [.. same]))];
    }

    public string Name { get; }

    public IReadOnlyList<PlannedTrial> Plan { get; }

    /// <summary>None before the study has run.</summary>
    public IReadOnlyList<TrialResult> Results { get; init; } = [];

    /// <summary>Whether another study has chosen the settings.</summary>
    public bool IsTuned { get; init; }

    /// <summary>The seeds of the study that has chosen the settings, where that is known.</summary>
    public IReadOnlyList<ulong> TuningSeeds { get; init; } = [];

    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>The optimizers by their labels.</summary>
    internal IReadOnlyList<LintUnit> Labels { get; }

    /// <summary>Trials that differ in nothing but the seed.</summary>
    internal IReadOnlyList<LintUnit> Settings { get; }

    /// <summary>What the study compares: its optimizers, or the settings of its only one.</summary>
    internal IReadOnlyList<LintUnit> Compared => Labels.Count > 1 ? Labels : Settings;

    /// <summary>Whether a setting of some optimizer is chosen among several by the trials of this study.</summary>
    internal bool Chooses => !IsTuned && Labels.Count > 1 && Labels.Any(label => label.SettingCount > 1);
}

/// <summary>Trials that belong together.</summary>
sealed record LintUnit(string Name, IReadOnlyList<PlannedTrial> Trials)
{
    /// <summary>How many settings it has.</summary>
    public int SettingCount => Trials.Select(trial => string.Join(' ', trial.Told.Select(x => $"{x.Name}={x.Value}"))).Distinct().Count();

    /// <summary>The different values of something, as texts.</summary>
    public IReadOnlyList<string> Values(Func<TrialSettings, string> value) => [.. Trials.Select(trial => value(trial.Settings)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A hyperparameter with its default where the study does not name it; empty where the rule has none.</summary>
    public static string Hyperparameter(TrialSettings trial, string name) => trial.Hyperparameters.FirstOrDefault(x => x.Name == name)?.Value ?? "";

    public string Joined(Func<TrialSettings, string> value) => string.Join(", ", Values(value));
}
