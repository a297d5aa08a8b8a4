namespace Descent.Studies.Statistics;

/// <summary>Chooses the trials of a study in which a key has one of some values, as <c>--where</c> says it.</summary>
/// <param name="Key">One of <see cref="TrialKeys"/>.</param>
/// <param name="Value">As the user wrote it: one value, or several with commas between them.</param>
public sealed record TrialFilter(string Key, string Value)
{
    const string Flag = "--where";

    /// <summary>Reads <c>optimizer=lion</c> or <c>learning_rate=0.1,0.01</c>.</summary>
    /// <exception cref="BadInputException">There is no equals sign.</exception>
    public static TrialFilter Parse(string text)
    {
        int at = text.IndexOf('=');
        return at > 0 && at < text.Length - 1 ? new(text[..at].Trim(), text[(at + 1)..].Trim())
            : throw new BadInputException($"{Flag} must look like optimizer=lion or learning_rate=0.1,0.01, got \"{text}\".");
    }

    /// <summary>The trials that pass all filters, in their order.</summary>
    /// <exception cref="BadInputException">No trial has a filter's key or value, or no trial passes them all.</exception>
    public static IReadOnlyList<TrialResult> Apply(IReadOnlyList<TrialResult> trials, IReadOnlyList<TrialFilter> filters)
    {
        foreach (var filter in filters)
        {
            TrialKeys.Require(trials, filter.Key, Flag);
        }

        var left = filters.Aggregate(trials, (rest, filter) => filter.Choose(trials, rest));
        return left.Count > 0 || trials.Count == 0 ? left
            : throw new BadInputException($"{Flag}: no trial has {string.Join(" and ", filters.Select(filter => $"{filter.Key}={filter.Value}"))} at once.");
    }

    IReadOnlyList<TrialResult> Choose(IReadOnlyList<TrialResult> all, IReadOnlyList<TrialResult> rest)
    {
        var known = TrialKeys.Values(all, Key);
        string[] wanted = known.Any(value => IsSame(value, Value)) ? [Value] : Value.Split(',', StringSplitOptions.TrimEntries);
        if (wanted.FirstOrDefault(value => !Has(all, value)) is { } unknown)
        {
            string hint = known.Count <= 20 ? $" Known: {string.Join(", ", known)}." : "";
            throw new BadInputException($"{Flag}: no trial has {Key}={unknown}.{hint}");
        }

        return [.. rest.Where(trial => wanted.Any(value => IsMatch(all, trial, value)))];
    }

    bool Has(IReadOnlyList<TrialResult> all, string wanted) => all.Any(trial => IsMatch(all, trial, wanted));

    /// <summary>An optimizer is meant by its label in the study, or, where no label is so called, by its rule; a trial by the first digits of its
    /// id.</summary>
    bool IsMatch(IReadOnlyList<TrialResult> all, TrialResult trial, string wanted) => Key switch
    {
        TrialKeys.Trial => trial.Id.StartsWith(wanted, StringComparison.OrdinalIgnoreCase),
        TrialKeys.Optimizer => all.Any(other => other.Optimizer == wanted) ? trial.Optimizer == wanted : trial.Rule == wanted,
        _ => TrialKeys.Value(trial, Key) is { } value && IsSame(value, wanted),
    };

    static bool IsSame(string value, string wanted) =>
        value == wanted || (TrialKeys.Number(value) is { } number && number == TrialKeys.Number(wanted));
}
