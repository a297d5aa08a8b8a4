namespace Descent.Studies.Statistics;

/// <summary>One column of a table of settings: what it is called, what stands in its cells, and what it is sorted by.</summary>
/// <param name="Name">As <c>--columns</c> and <c>--sort</c> take it.</param>
/// <param name="Title">Above the column.</param>
/// <param name="Text">A cell, without a unit that stands in the title.</param>
/// <param name="Key">What rows are sorted by: a number or a text; null comes last.</param>
/// <param name="Best">Which end of the numbers is best, and comes first.</param>
public sealed record SettingColumn(
    string Name, string Title, Func<SettingSummary, string> Text, Func<SettingSummary, IComparable?> Key, SortOrder Best = SortOrder.Ascending)
{
    /// <summary>Whether its cells are numbers, which stand to the right.</summary>
    public bool IsNumber { get; init; } = true;

    /// <summary>The columns that every study has, then one for each key of its trials' settings.</summary>
    public static IReadOnlyList<SettingColumn> Of(IReadOnlyList<TrialResult> trials, HeldOut heldOut)
    {
        List<SettingColumn> columns =
        [
            new("optimizer", "Optimizer", x => x.Optimizer, x => x.Optimizer) { IsNumber = false },
            new("settings", "Settings", x => SummaryText.Settings(x.Settings), x => SummaryText.Settings(x.Settings)) { IsNumber = false },
            Sample("final", "Final test %", x => x.FinalTestAccuracy, 100, SortOrder.Descending),
            Sample("best", "Best test %", x => x.BestTestAccuracy, 100, SortOrder.Descending),
            Sample("validation", "Final validation %", x => HeldOut.Validation.FinalAccuracy(x.Trials), 100, SortOrder.Descending),
            Sample("train", "Final train %", x => Last(x, point => point.TrainAccuracy), 100, SortOrder.Descending),
            Sample("loss", "Final train loss", x => Last(x, point => point.TrainLoss), 1, SortOrder.Ascending),
            new("steps", "Steps to target", x => SummaryText.Steps(x.Target.MedianSteps), x => x.Target.MedianSteps),
            new("epochs", "Epochs to target", x => SummaryText.Epochs(x.Target.MedianEpochs), x => x.Target.MedianEpochs),
            new("reached", "Reached", x => SummaryText.Reached(x.Target), x => x.Target.Reached, SortOrder.Descending),
            new("seeds", "Trials", x => $"{x.Trials.Count}", x => x.Trials.Count, SortOrder.Descending),
            new("diverged", "Diverged", x => $"{Diverged(x)}", x => Diverged(x)),
            new("seconds", "Seconds", x => SummaryText.Plain(x.Seconds.Count == 0 ? null : x.Seconds.Mean), x => x.Seconds.Count == 0 ? null : x.Seconds.Mean),
            new("total", "Total seconds", x => SummaryText.Plain(Total(x)), x => Total(x)),
            new("deviation", $"Deviation of last {Stability.LastEpochs} %", x => SummaryText.Plain(100 * Stability.Of(x.Trials, heldOut).Deviation),
                x => Stability.Of(x.Trials, heldOut).Deviation),
            new("stability", "Stability", x => SummaryText.Verdict(Stability.Of(x.Trials, heldOut).Verdict), x => Stability.Of(x.Trials, heldOut).Verdict)
            {
                IsNumber = false,
            },
        ];
        var names = columns.Select(column => column.Name).ToHashSet();
        return [.. columns, .. TrialKeys.Of(trials).Where(key => key is not TrialKeys.Trial && !names.Contains(key)).Select(OfKey)];
    }

    /// <summary>The column of a name.</summary>
    /// <exception cref="BadInputException">There is none; the message suggests the nearest name.</exception>
    public static SettingColumn Find(IReadOnlyList<SettingColumn> columns, string name, string flag) => columns.FirstOrDefault(column => column.Name == name)
        ?? throw new BadInputException($"{flag}: there is no column \"{name}\".{NearestName.Hint(name, columns.Select(column => column.Name))}");

    /// <summary>The settings in the order of a column, the best first; rows without a value come last, and those that are equal stay in their
    /// order.</summary>
    public IReadOnlyList<SettingSummary> Sort(IReadOnlyList<SettingSummary> settings)
    {
        var keyed = settings.Select(setting => (setting, key: Key(setting))).ToList();
        var sorted = keyed.Where(x => x.key is not null);
        sorted = Best == SortOrder.Descending ? sorted.OrderByDescending(x => x.key) : sorted.OrderBy(x => x.key);
        return [.. sorted.Concat(keyed.Where(x => x.key is null)).Select(x => x.setting)];
    }

    static SettingColumn Sample(string name, string title, Func<SettingSummary, SampleStatistics> sample, double unit, SortOrder best) => new(
        name, title, x => SummaryText.Sample(sample(x), unit), x => sample(x) is { Count: > 0 } some ? some.Mean : null, best);

    /// <summary>The value that all trials of a setting share, or all of their values.</summary>
    static SettingColumn OfKey(string key)
    {
        return new(key, key, x => string.Join(' ', Values(x)), x => Values(x) switch
        {
            [] => null,
            [var one] when TrialKeys.Number(one) is { } number => new MixedKey(number, ""),
            var several => new MixedKey(double.PositiveInfinity, string.Join(' ', several)),
        });

        IReadOnlyList<string> Values(SettingSummary setting) => TrialKeys.Values(setting.Trials, key);
    }

    static SampleStatistics Last(SettingSummary setting, Func<EpochPoint, double> value) => SampleStatistics.Of(
        setting.In(TrialState.Complete).Where(trial => trial.Epochs.Count > 0).Select(trial => value(trial.Epochs[^1])).Where(double.IsFinite));

    static int Diverged(SettingSummary setting) => setting.In(TrialState.Diverged).Count();

    static double? Total(SettingSummary setting) => setting.Trials.Any(trial => trial.Seconds is not null) ? setting.Trials.Sum(trial => trial.Seconds ?? 0) : null;

    /// <summary>Numbers before texts.</summary>
    readonly record struct MixedKey(double Number, string Text) : IComparable
    {
        public int CompareTo(object? other) => other is MixedKey key ? (Number, Text).CompareTo((key.Number, key.Text)) : 1;
    }
}

/// <summary>Which values come first.</summary>
public enum SortOrder
{
    /// <summary>The smallest.</summary>
    Ascending,

    /// <summary>The largest.</summary>
    Descending,
}
