using Descent.Studies.Definition;
using Descent.Studies.Storage;

namespace Descent.Studies.Running;

/// <summary>Runs a study by successive halving. What goes on is decided anew from the stored numbers whenever the study is run, so a run that was stopped anywhere ends as if it
/// had not been.</summary>
/// <param name="context">What to work with.</param>
/// <param name="study">With <see cref="StudyDefinition.Halving"/>.</param>
/// <param name="train">Trains trials until the end of an epoch, or of their budget where it is null.</param>
/// <param name="tell">Told of each trial that is pruned.</param>
sealed class HalvingRounds(RunContext context, StudyDefinition study, Func<IReadOnlyList<PlannedTrial>, int?, List<EndedTrial>> train, Action<EndedTrial> tell)
{
    readonly StudyHalving halving = study.Halving!;
    readonly List<EndedTrial> ended = [];

    /// <summary>Whether a trial was evaluated after an epoch, or ended before.</summary>
    public static bool HasReached(IStudyStore store, StoredTrial trial, int epoch) => trial.IsFinal || store.Epochs(trial.Id).Any(x => x.Epoch >= epoch);

    /// <summary>Runs all rounds, or until the token is cancelled.</summary>
    /// <param name="isLeftAlone">Whether a trial that has failed is not tried again.</param>
    public List<EndedTrial> Run(IReadOnlyList<PlannedTrial> trials, Func<StoredTrial, bool> isLeftAlone, CancellationToken token)
    {
        var alive = trials;
        foreach (int? rung in halving.Rungs(trials[0].Settings.Epochs!.Value).Select(x => (int?)x).Append(null))
        {
            List<PlannedTrial> left = [.. alive.Where(trial => Stored(trial) is var stored && !isLeftAlone(stored) && !(rung is { } epoch ? HasReached(context.Store, stored, epoch) : stored.IsFinal))];
            if (left.Count > 0)
            {
                ended.AddRange(train(left, rung));
            }

            if (token.IsCancellationRequested || rung is null)
            {
                return ended;
            }

            alive = Promote(alive, rung.Value);
        }

        return ended;
    }

    StoredTrial Stored(PlannedTrial trial) => context.Store.Trial(trial.Id)!;

    /// <summary>The trials of the best settings of each optimizer, in the study's order; prunes the others.</summary>
    List<PlannedTrial> Promote(IReadOnlyList<PlannedTrial> alive, int rung)
    {
        var kept = new HashSet<string>();
        foreach (var optimizer in alive.GroupBy(trial => trial.Label))
        {
            // Stable: of equal ones the earlier stays before.
            var ranked = optimizer.GroupBy(StudyHalving.Setting).Select(setting => (setting, score: setting.Average(trial => Score(trial, rung))))
                .OrderByDescending(x => x.score).ToList();
            int count = halving.Kept(ranked.Count);
            for (int place = 0; place < ranked.Count; place++)
            {
                bool isKept = place < count && double.IsFinite(ranked[place].score);
                foreach (var trial in ranked[place].setting)
                {
                    _ = isKept ? kept.Add(trial.Id) : Prune(trial, $"After epoch {rung} its setting is number {place + 1} of {ranked.Count} by validation accuracy; {count} went on.");
                }
            }
        }

        return [.. alive.Where(trial => kept.Contains(trial.Id))];
    }

    /// <summary>Of one that did not come so far, the worst.</summary>
    double Score(PlannedTrial trial, int rung) => context.Store.Epochs(trial.Id).Where(x => x.Epoch == rung).Select(x => x.ValidationAccuracy)
        .FirstOrDefault(double.NegativeInfinity);

    /// <summary>Ends a trial that waits at its rung; one that has ended already, maybe for another study, stays as it is.</summary>
    bool Prune(PlannedTrial trial, string reason)
    {
        var stored = Stored(trial);
        if (stored.IsResult || stored.State == TrialState.Failed
            || context.Store.Claim(trial.Id, TrialOwner.Current, context.EnvironmentOf(trial.Settings), context.Options.Lease) is not { } claim)
        {
            return false;
        }

        context.Store.End(claim, new TrialEnding(TrialState.Pruned, stored.Steps, stored.Steps) { Reason = reason });
        context.Checkpoints.DeleteSteps(trial.Id);
        var over = new EndedTrial(trial, TrialState.Pruned, reason, null, IsOwn: true);
        ended.Add(over);
        tell(over);
        return true;
    }
}
