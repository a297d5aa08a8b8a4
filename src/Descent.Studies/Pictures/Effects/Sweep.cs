using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Effects;

/// <summary>The trials of one line of a chart over a hyperparameter: alike but for its value and their seeds.</summary>
/// <param name="Label">What they have in common.</param>
/// <param name="Place">The line's place in the palette.</param>
/// <param name="Points">The trials of each value, in ascending order of the value.</param>
sealed record Sweep(string Label, int Place, IReadOnlyList<SweepPoint> Points)
{
    /// <summary>One line for each setting without the key, or for each group; at most as many as can be told apart, those of the best
    /// points.</summary>
    public static IReadOnlyList<Sweep> Of(PictureStudy study, string key)
    {
        var originals = study.Trials.ToDictionary(trial => trial.Id);
        var lines = study.IsGrouped ? study.Summary
            : StudySummary.From(study.Trials.Select(trial => trial with { Settings = [.. trial.Settings.Where(setting => setting.Name != key)] }));
        var sweeps = lines.Settings.Select(line => new Sweep(line.Label, 0, Along([.. line.Trials.Select(trial => originals[trial.Id])], key)))
            .Where(sweep => sweep.Points.Count > 0).ToList();
        var shown = sweeps.OrderByDescending(sweep => sweep.Points.Max(point => study.HeldOut.FinalAccuracy(point.Trials).Mean is var mean && double.IsNaN(mean) ? -1 : mean))
            .Take(DrawnSetting.Most).ToHashSet();
        return [.. sweeps.Where(shown.Contains).Select((sweep, place) => sweep with { Place = place })];
    }

    static IReadOnlyList<SweepPoint> Along(IReadOnlyList<TrialResult> trials, string key) =>
    [
        .. trials.Where(trial => TrialKeys.Number(TrialKeys.Value(trial, key)) is not null).GroupBy(trial => TrialKeys.Number(TrialKeys.Value(trial, key))!.Value)
            .OrderBy(same => same.Key).Select(same => new SweepPoint(same.Key, [.. same])),
    ];
}

/// <summary>The trials that have one value of a hyperparameter.</summary>
sealed record SweepPoint(double Value, IReadOnlyList<TrialResult> Trials)
{
    public IEnumerable<TrialResult> Complete => Trials.Where(trial => trial.State == TrialState.Complete);

    public int Diverged => Trials.Count(trial => trial.State == TrialState.Diverged);
}
