using Descent.Studies.Definition;
using Descent.Studies.Storage;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Studies.Running;

/// <summary>One attempt at one trial, from its claim to its end: goes on from the newest checkpoint that can be used.</summary>
/// <param name="until">The epoch after which it waits; null where it goes to its end.</param>
sealed class TrialAttempt(RunContext context, StudyDefinition study, int? until = null)
{
    /// <summary>Trains until the end, or until the token is cancelled; then the trial waits again.</summary>
    /// <returns>How the trial stands afterwards; null when it was stopped.</returns>
    /// <exception cref="ClaimLostException">Another process runs the trial now.</exception>
    /// <exception cref="RecordingFailedException">Results cannot be stored.</exception>
    public TrialEnding? Run(PlannedTrial trial, TrialClaim claim, Executor executor, ProcessorShares.Share clock,
        Action<TrialProgress> started, CancellationToken token)
    {
        var (run, firstStep) = Prepare(trial.Settings, claim, executor);
        using (run)
        {
            var progress = new TrialProgress(trial, firstStep, run.TotalSteps, context.Time);
            started(progress);
            if (firstStep == 0 && StudyEvaluation.MeasuresParameters(trial.Settings.Evaluation))
            {
                RecordingFailedException.Guard(() => context.Store.RecordInitialWeights(claim, run.WeightDeviations()));
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
            var recorder = new TrialRecorder(context, claim, study, clock, progress, run.StepsPerEpoch) { Evaluated = StopAfter };
            var outcome = run.Run(recorder, stop.Token);
            recorder.Finish();
            if (outcome.End == TrainingEnd.Cancelled)
            {
                RecordingFailedException.Guard(() => context.Store.Release(claim));
                return null;
            }

            var state = outcome.End == TrainingEnd.Complete ? TrialState.Complete : TrialState.Diverged;
            var ending = new TrialEnding(state, outcome.Steps, recorder.LastStep)
            {
                DivergedAtStep = outcome.DivergedAtStep,
                ParametersHash = outcome.ParametersHash,
                SkippedSteps = outcome.SkippedSteps,
                GradientEvaluations = outcome.GradientEvaluations,
                HessianProducts = outcome.HessianProducts,
                Confusion = state == TrialState.Complete && run.LastTest is { Confusion.Count: > 0 } test ? test.Confusion : null,
            };
            End(trial.Settings, claim, ending, run);
            return ending;

            void StopAfter(int epoch)
            {
                if (epoch >= until)
                {
                    stop.Cancel();
                }
            }
        }
    }

    /// <summary>The final parameters first, the end second, the cleaning last: whatever stops it, nothing is missing of a trial that has
    /// ended.</summary>
    void End(TrialSettings trial, TrialClaim claim, TrialEnding ending, ITrainingRun run) => RecordingFailedException.Guard(() =>
    {
        if (ending.State == TrialState.Complete && study.FinalCheckpoint != FinalCheckpoint.Delete)
        {
            CheckpointFolder.WriteWeights(context.Checkpoints.FinalFile(trial.Id), trial, study.FinalCheckpoint == FinalCheckpoint.State ? run.TakeWeightsWithState() : run.TakeWeights());
        }

        context.Store.End(claim, ending);
        context.Checkpoints.DeleteSteps(trial.Id);
    });

    (ITrainingRun Run, long FirstStep) Prepare(TrialSettings trial, TrialClaim claim, Executor executor)
    {
        foreach (string file in context.Checkpoints.Files(trial.Id))
        {
            // A checkpoint that knows more than the store belongs to another store.
            if (CheckpointFolder.TryRead(file) is { } checkpoint && checkpoint.Step <= claim.Previous.Steps
                && TryRestore(trial, checkpoint, executor) is { } resumed)
            {
                return (resumed, checkpoint.Step);
            }

            // Left there, it would count among the newest two, and good ones would be removed in its place.
            RecordingFailedException.Guard(() => File.Delete(file));
        }

        return (context.Trainings.Create(trial, executor), 0);
    }

    ITrainingRun? TryRestore(TrialSettings trial, Checkpoint checkpoint, Executor executor)
    {
        var run = context.Trainings.Create(trial, executor);
        try
        {
            run.Restore(checkpoint);
            return run;
        }
        catch (BadInputException)
        {
            run.Dispose();
            return null;
        }
    }
}
