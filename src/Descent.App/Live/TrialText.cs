using Descent.App.Output;
using Descent.Studies.Definition;
using Descent.Studies.Running;

namespace Descent.App.Live;

/// <summary>What is said of trials in flight, in words.</summary>
static class TrialText
{
    /// <summary>The seed before the settings: these may be cut off.</summary>
    public static string Name(PlannedTrial trial) => $"{trial.Label} seed {trial.Settings.Seed} {Format.Settings(trial.Told)}".TrimEnd();

    public static string Doing(TrialProgress trial) => !double.IsNaN(trial.Evaluated) ? $"measuring {100 * trial.Evaluated,2:F0} %"
        : double.IsNaN(trial.Loss) ? "" : $"loss {Format.Number(trial.Loss)}";

    public static string Accuracy(TrialProgress trial) => double.IsNaN(trial.TestAccuracy) ? "" : $"test {Format.Percent(trial.TestAccuracy)}";

    public static string Pace(TrialProgress trial) => trial.ImagesPerSecond is { } pace ? $"{Format.Count((long)pace)} images/s" : "";

    public static string Left(TimeSpan? remaining) => remaining is { } left ? $"{Format.Duration(left.TotalSeconds)} left" : "";

    /// <summary>As in <c>3 of 18 trials done, 2 in flight, 13 waiting</c>.</summary>
    public static string Counts(RunSnapshot now) =>
        $"{now.Done} of {now.Total} trials done, {now.InFlight.Count} in flight, {now.Total - now.Done - now.InFlight.Count} waiting";
}
