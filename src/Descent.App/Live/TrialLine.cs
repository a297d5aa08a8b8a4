using Descent.App.Output;
using Descent.Studies;
using Descent.Studies.Statistics;

namespace Descent.App.Live;

/// <summary>What is said of a trial that has just ended.</summary>
static class TrialLine
{
    public static string Of(TrialResult trial, int done, int total)
    {
        int digits = $"{total}".Length;
        return $"[{$"{done}".PadLeft(digits)}/{total}] {trial.Optimizer} {Format.Settings(trial.Settings)} seed {trial.Seed}: {End(trial)}";
    }

    static string End(TrialResult trial) => trial.State switch
    {
        TrialState.Complete =>
            $"test {trial.Metric} {Format.Percent(trial.FinalTestAccuracy)}, best {Format.Percent(trial.BestTestAccuracy)}, "
                + $"{Format.Duration(trial.Seconds)}{Skipped(trial)}",
        TrialState.Diverged => $"diverged at step {trial.StoppedAtStep}",
        TrialState.Failed => $"failed: {trial.Reason}",
        TrialState.Waiting => "stopped, goes on with the next run",
        TrialState.Running => "taken over by another process",
        _ => trial.State.ToString().ToLowerInvariant(),
    };

    static string Skipped(TrialResult trial) => trial.SkippedSteps > 0 ? $", {Format.Count(trial.SkippedSteps)} steps skipped" : "";
}
