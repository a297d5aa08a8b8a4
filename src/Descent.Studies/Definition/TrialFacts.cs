namespace Descent.Studies.Definition;

/// <summary>What a file of trained parameters says of its training, so that it can be evaluated alone.</summary>
public static class TrialFacts
{
    const string SettingsKey = "settings", DataKey = "data", TestKey = "test_data";

    /// <summary>Texts by key: the workload, the trial, its settings, and of a user's own problem where its data lay.</summary>
    public static Dictionary<string, string> Of(TrialSettings trial)
    {
        var facts = new Dictionary<string, string> { ["workload"] = trial.Workload, ["trial"] = trial.Id, [SettingsKey] = trial.Json };
        if (trial.Problem?.Data.Path is { } data)
        {
            facts.Add(DataKey, data);
        }

        if (trial.Problem?.Data.TestPath is { } test)
        {
            facts.Add(TestKey, test);
        }

        return facts;
    }

    /// <summary>The settings that a file tells; null where it tells none.</summary>
    /// <param name="metadata">All that the file says.</param>
    /// <exception cref="System.Text.Json.JsonException">They are damaged; likewise the other exceptions of a reader of JSON.</exception>
    public static TrialSettings? Read(IReadOnlyDictionary<string, string> metadata)
    {
        var settings = metadata.TryGetValue(SettingsKey, out string? json) ? TrialSettingsJson.Read(json) : null;
        return settings is { Problem: { } problem } && metadata.TryGetValue(DataKey, out string? data)
            ? settings with { Problem = problem.At(data, metadata.GetValueOrDefault(TestKey)) } : settings;
    }
}
