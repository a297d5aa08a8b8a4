namespace Descent.Studies.Statistics;

/// <summary>What one hyperparameter does on average over everything else that a study varies: means over the complete trials of each of its
/// values.</summary>
/// <remarks>In a full grid these are the marginal means of an analysis of variance. Where only some combinations were tried, or where trials that
/// diverge are missing from a mean, differences may come from the others: the counts stand beside the means.</remarks>
/// <param name="Key">One of <see cref="TrialKeys"/>.</param>
/// <param name="Values">Numbers in ascending order, then texts.</param>
public sealed record MarginalEffect(string Key, IReadOnlyList<MarginalValue> Values)
{
    /// <summary>The effects of everything in which the trials differ, the optimizer first; of the seed none.</summary>
    public static IReadOnlyList<MarginalEffect> Of(IReadOnlyList<TrialResult> trials, HeldOut heldOut) =>
    [
        .. TrialKeys.Telling(trials).Prepend(TrialKeys.Optimizer)
            .Select(key => new MarginalEffect(key, [.. TrialKeys.Values(trials, key).Select(value => MarginalValue.Of(value,
                [.. trials.Where(trial => TrialKeys.Value(trial, key) == value)], heldOut))]))
            .Where(effect => effect.Values.Count > 1),
    ];
}

/// <summary>All trials that have one value of a hyperparameter.</summary>
/// <param name="Value">As the user would write it.</param>
/// <param name="FinalAccuracy">Held-out accuracy after the last step, of the complete trials.</param>
/// <param name="BestAccuracy">The highest of each complete trial.</param>
/// <param name="Trials">All that ended as a result.</param>
/// <param name="Diverged">Those of them that diverged.</param>
public sealed record MarginalValue(string Value, SampleStatistics FinalAccuracy, SampleStatistics BestAccuracy, int Trials, int Diverged)
{
    public static MarginalValue Of(string value, IReadOnlyList<TrialResult> trials, HeldOut heldOut) => new(
        value, heldOut.FinalAccuracy(trials),
        SampleStatistics.Of(trials.Where(trial => trial.State == TrialState.Complete).Select(heldOut.BestAccuracy).OfType<double>()),
        trials.Count(trial => trial.IsResult), trials.Count(trial => trial.State == TrialState.Diverged));
}
