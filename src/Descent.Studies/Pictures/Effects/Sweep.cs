using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Effects;

/// <summary>The trials of one line of a chart over a hyperparameter: alike but for its value and their seeds.</summary>
/// <param name="Label">What they have in common.</param>
/// <param name="Place">The line's place in the palette.</param>
/// <param name="Points">The trials of each value, in ascending order of the value.</param>
sealed record Sweep(string Label, int Place, IReadOnlyList<SweepPoint> Points)
{
    /// <summary>Whether they are alike in their optimizer alone.</summary>
    public bool IsMixed { get; init; }

    /// <summary>One line for each setting without the key, or for each group; at most as many as can be told apart, those of the best
    /// points.</summary>
    /// <remarks>A search draws all values anew for each of its trials, so that hardly two are alike but for the key: then a line is all trials of an optimizer.</remarks>
    public static IReadOnlyList<Sweep> Of(PictureStudy study, string key)
    {
        if (study.IsGrouped)
        {
            return Best(study, Lines(study, study.Summary, key));
        }

        var lines = Lines(study, StudySummary.From(study.Trials.Select(trial => trial with { Settings = [.. trial.Settings.Where(setting => setting.Name != key)] })), key);
        bool isSearch = lines.Count > 1 && 2 * lines.Count(line => line.Points.Count > 1) < lines.Count;
        return Best(study, !isSearch ? lines
            : [.. Lines(study, StudySummary.From(study.Trials.Select(trial => trial with { Settings = [] })), key).Select(line => line with { IsMixed = true })]);
    }

    static List<Sweep> Lines(PictureStudy study, StudySummary lines, string key)
    {
        var originals = study.Trials.ToDictionary(trial => trial.Id);
        return [.. lines.Settings.Select(line => new Sweep(line.Label, 0, Along([.. line.Trials.Select(trial => originals[trial.Id])], key))).Where(sweep => sweep.Points.Count > 0)];
    }

    static IReadOnlyList<Sweep> Best(PictureStudy study, IReadOnlyList<Sweep> sweeps)
    {
        var shown = sweeps.OrderByDescending(sweep => sweep.Points.Max(point => study.HeldOut.FinalAccuracy(point.Trials) is { Count: > 0 } final ? final.Mean : double.NegativeInfinity))
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
