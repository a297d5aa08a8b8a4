using Descent.Studies.Definition;
using Descent.Studies.Storage;
using Descent.Tensors.Kernels;

namespace Descent.Studies.Running;

/// <summary>Runs what is missing of a study: trials side by side, each on a thread of its own, sharing one pool for the cores that are
/// left.</summary>
/// <remarks>Several processes may run one study; each takes what no other has, and ends when all trials have ended. A trial that fails is
/// stored with its reason and does not stop the others; a failed trial is tried again by the next run.</remarks>
public sealed class StudyRunner(RunContext context)
{
    /// <summary>Stores the study, then runs it until all trials have ended or the token is cancelled.</summary>
    /// <exception cref="BadInputException">Data are missing, the store or a checkpoint cannot be written, or a half-done trial was begun by
    /// other code.</exception>
    public RunSummary Run(StudyDefinition study, RunProgress progress, CancellationToken token)
    {
        var trials = study.Expand();
        Check(trials[0].Settings);
        context.Store.Save(study, trials);
        var stored = context.Store.Trials(study.Name).ToDictionary(trial => trial.Trial.Id, trial => trial.Trial);
        int failedBefore = trials.Count(trial => IsLeftAlone(stored[trial.Id]));
        // What was pruned for another study is not over for this one; by halving it may be.
        var missing = Order([.. trials.Where(trial => !stored[trial.Id].IsFinal && !IsLeftAlone(stored[trial.Id]))], stored);
        int done = trials.Count(trial => study.Halving is null ? stored[trial.Id].IsFinal : stored[trial.Id].IsResult);
        var memory = new MemoryBudget(context.Options.MemoryBytes, context.Trainings, [.. missing.Select(one => one.Trial.Settings)]);
        foreach (var one in missing)
        {
            CheckCode(one.Stored);
        }

        progress.Begin(trials.Count, done + failedBefore, missing.ToDictionary(one => one.Trial.Id, one => one.Work));
        var ended = missing.Count == 0 ? [] : study.Halving is null ? Train([.. missing.Select(one => one.Trial)], null)
            : new HalvingRounds(context, study, Train, trial => progress.Ended(trial, null)).Run(trials, IsLeftAlone, token);
        bool isCancelled = token.IsCancellationRequested && ended.Count(trial => trial.IsOver) < trials.Count - done - failedBefore;
        return new(trials.Count, done, ended, failedBefore, isCancelled);

        List<EndedTrial> Train(IReadOnlyList<PlannedTrial> left, int? until) => new RunWorkers(context, study,
            [.. left.Select(trial => (trial, context.Store.Trial(trial.Id)!))], memory, progress.Ended, progress.Started, until).Run(token);
    }

    bool IsLeftAlone(StoredTrial trial) => trial.State == TrialState.Failed && !context.Options.RetriesFailed;

    /// <summary>What was begun first, so that no half-done trial stays behind; then the longest, so that none is left for the end to wait for.</summary>
    List<(PlannedTrial Trial, StoredTrial Stored, double Work)> Order(IReadOnlyList<PlannedTrial> trials, Dictionary<string, StoredTrial> stored) =>
        [.. trials.Select(trial => (trial, stored[trial.Id], context.Trainings.EstimateOf(trial.Settings).Operations))
            .OrderByDescending(one => IsBegun(one.Item2)).ThenByDescending(one => one.Operations)];

    /// <summary>Makes a trial's training to see that data and settings go together before anything is stored.</summary>
    void Check(TrialSettings trial)
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        context.Trainings.Create(trial, executor).Dispose();
    }

    bool IsBegun(StoredTrial trial) => context.Checkpoints.Files(trial.Id).Count > 0;

    /// <summary>A trial that has failed starts anew under other code: the failure may be the reason for the change.</summary>
    void CheckCode(StoredTrial trial)
    {
        bool isSame = trial.Environment is not { } then || then.HasSameNumbersAs(context.EnvironmentOf(trial.Settings));
        if (isSame || !IsBegun(trial))
        {
            return;
        }

        if (trial.State == TrialState.Failed)
        {
            context.Checkpoints.Delete(trial.Id);
        }
        else if (!context.Options.AllowsOtherCode)
        {
            throw new BadInputException($"Trial {TrialSettings.Short(trial.Id)} was begun by {Code(trial.Environment!)}, this is "
                + $"{Code(context.EnvironmentOf(trial.Settings))}; numbers may differ. Finish it with --allow-other-code.");
        }
    }

    static string Code(TrialEnvironment environment) =>
        $"version {environment.Version} (build {string.Join('+', environment.Build.Split('+').Select(TrialSettings.Short))}, {environment.VectorBits}-bit vectors)";
}
