using System.Globalization;

namespace Descent.Studies.Statistics;

/// <summary>What trials can be chosen and grouped by: <c>optimizer</c>, <c>rule</c>, <c>seed</c>, <c>state</c>, <c>trial</c>, and every key of their
/// settings.</summary>
public static class TrialKeys
{
    public const string Optimizer = "optimizer", Rule = "rule", Seed = "seed", State = "state", Trial = "trial";

    /// <summary>The keys that any of the trials has, those that tell them apart first.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<TrialResult> trials) =>
    [
        .. new[] { Optimizer, Rule, Seed, State, Trial }.Concat(trials.SelectMany(trial => trial.Settings).Concat(trials.SelectMany(trial => trial.AllSettings))
            .Select(setting => setting.Name)).Distinct(),
    ];

    /// <summary>The value as the user would write it; null where the trial has no such key.</summary>
    public static string? Value(TrialResult trial, string key) => key switch
    {
        Optimizer => trial.Optimizer,
        Rule => trial.Rule,
        Seed => trial.Seed.ToString(CultureInfo.InvariantCulture),
        State => trial.State.ToString().ToLowerInvariant(),
        Trial => trial.Id,
        _ => trial.Settings.Concat(trial.AllSettings).FirstOrDefault(setting => setting.Name == key)?.Value,
    };

    /// <summary>The number that a value is; null for a text.</summary>
    public static double? Number(string? value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    /// <summary>The different values of a key, numbers in ascending order before texts in the order of the trials.</summary>
    public static IReadOnlyList<string> Values(IEnumerable<TrialResult> trials, string key) =>
        [.. trials.Select(trial => Value(trial, key)).OfType<string>().Distinct().OrderBy(value => Number(value) ?? double.PositiveInfinity)];

    /// <summary>The names of the settings in which trials differ.</summary>
    public static IReadOnlyList<string> Telling(IReadOnlyList<TrialResult> trials) =>
        [.. trials.SelectMany(trial => trial.Settings).GroupBy(setting => setting.Name).Where(same => same.Distinct().Count() > 1).Select(same => same.Key)];

    /// <exception cref="BadInputException">No trial has the key.</exception>
    public static void Require(IReadOnlyList<TrialResult> trials, string key, string flag)
    {
        var keys = Of(trials);
        if (!keys.Contains(key))
        {
            throw new BadInputException($"{flag}: the trials have no key \"{key}\".{NearestName.Hint(key, keys)}");
        }
    }
}
