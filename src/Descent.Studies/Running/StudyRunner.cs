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
        long steps = StepsOf(trials[0].Settings);
        context.Store.Save(study, trials);
        var stored = context.Store.Trials(study.Name).ToDictionary(trial => trial.Trial.Id, trial => trial.Trial);
        var missing = trials.Where(trial => !stored[trial.Id].IsResult).ToList();
        foreach (var trial in missing)
        {
            CheckCode(stored[trial.Id]);
        }

        var missingSteps = missing.ToDictionary(trial => trial.Id, trial => steps - StepsToKeep(stored[trial.Id]));
        progress.Begin(trials.Count, trials.Count - missing.Count, missingSteps.Values.Sum());
        var ended = missing.Count == 0 ? [] : new RunWorkers(context, study, missing,
            (trial, trialProgress) => progress.Ended(trial, trialProgress, missingSteps[trial.Trial.Id]), progress.Started).Run(token);
        bool isCancelled = token.IsCancellationRequested && ended.Count(trial => trial.IsOver) < missing.Count;
        return new(trials.Count, trials.Count - missing.Count, ended, isCancelled);
    }

    /// <summary>The steps of a trial. Makes its training to see that data and settings go together before anything is stored.</summary>
    long StepsOf(TrialSettings trial)
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var run = context.Trainings.Create(trial, executor);
        return run.TotalSteps;
    }

    /// <summary>About how many steps of a trial need not be taken again.</summary>
    long StepsToKeep(StoredTrial trial) => context.Checkpoints.Files(trial.Id).Count > 0 ? trial.Steps : 0;

    /// <summary>A trial that has failed starts anew under other code: the failure may be the reason for the change.</summary>
    void CheckCode(StoredTrial trial)
    {
        bool isSame = trial.Environment is not { } then || then.HasSameNumbersAs(context.EnvironmentOf(trial.Settings));
        if (isSame || context.Checkpoints.Files(trial.Id).Count == 0)
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
