using Descent.Studies.Statistics;

namespace Descent.Studies.Definition;

/// <summary>One trial of a study.</summary>
/// <param name="Label">What the study calls the optimizer: its label, or its name.</param>
/// <param name="Told">The hyperparameters that the study names, in its order, with this trial's values: what tells trials apart.</param>
/// <param name="Settings">All that determines its numbers.</param>
public sealed record PlannedTrial(string Label, IReadOnlyList<Setting> Told, TrialSettings Settings)
{
    public string Id { get; } = Settings.Id;

    /// <summary>As in <c>adam learning_rate=0.001 seed 0</c>.</summary>
    public string Describe() =>
        string.Join(' ', [Label, .. Told.Select(setting => $"{setting.Name}={setting.Value}"), $"seed {Settings.Seed}"]);
}
