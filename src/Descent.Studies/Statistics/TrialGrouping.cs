namespace Descent.Studies.Statistics;

/// <summary>Puts trials together that have the same value of some keys, whatever else tells them apart: what is said of a group is then said over all
/// of its trials.</summary>
public static class TrialGrouping
{
    const string Flag = "--group-by";

    /// <summary>The trials, told apart by those keys alone, in the order of their values.</summary>
    /// <exception cref="BadInputException">No trial has such a key.</exception>
    public static IReadOnlyList<TrialResult> By(IReadOnlyList<TrialResult> trials, IReadOnlyList<string> keys)
    {
        foreach (string key in keys)
        {
            TrialKeys.Require(trials, key, Flag);
        }

        var order = keys.Select(key => TrialKeys.Values(trials, key).Index().ToDictionary(x => x.Item, x => x.Index)).ToList();
        IEnumerable<TrialResult> sorted = trials;
        foreach (int i in Enumerable.Range(0, keys.Count).Reverse())
        {
            sorted = sorted.OrderBy(trial => TrialKeys.Value(trial, keys[i]) is { } value ? order[i][value] : int.MaxValue).ToList();
        }

        return [.. sorted.Select(trial => trial with { Optimizer = Label(trial, keys), Settings = [] })];
    }

    static string Label(TrialResult trial, IReadOnlyList<string> keys) => string.Join(' ', keys.Select(key =>
        key is TrialKeys.Optimizer or TrialKeys.Rule ? TrialKeys.Value(trial, key)! : $"{key}={TrialKeys.Value(trial, key) ?? SummaryText.None}"));
}
