using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures;

/// <summary>What pictures need, and what to say where a study lacks it.</summary>
static class Needs
{
    public static string? Epochs(PictureStudy study, string picture) => study.Trials.Any(trial => trial.Epochs.Count > 1) ? null
        : $"{picture} needs evaluations after epochs, and no trial of {study.Name} has finished one yet: descent run {study.Name}.";

    public static string? Complete(PictureStudy study, string picture) => study.Trials.Any(trial => study.HeldOut.FinalAccuracy(trial) is not null) ? null
        : $"{picture} needs complete trials, and {study.Name} has none yet: descent run {study.Name}.";

    public static string? Steps(PictureStudy study, string picture) => Recorded(study, picture, "losses of steps", steps => steps.Loss);

    public static string? Norms(PictureStudy study, string picture) => Recorded(study, picture, "gradient norms of steps", steps => steps.GradientNorm);

    /// <summary>At least two numbers that are values of a hyperparameter.</summary>
    public static string? Several(PictureStudy study, string picture, string key)
    {
        var values = TrialKeys.Values(study.Trials, key).Where(value => TrialKeys.Number(value) is not null).ToList();
        return values.Count > 1 ? null
            : $"{picture} compares several values of {key}, and {study.Name} has {(values.Count == 0 ? "none" : $"{values[0]} alone")}: give it a list.";
    }

    public static string? Confusions(PictureStudy study, string picture) => study.Trials.Any(trial => trial.ReadConfusion() is not null) ? null
        : $"{picture} needs how the test images were taken at the end of a complete trial, and no trial of {study.Name} has stored it: "
            + "a trial stores it when it completes; of one that completed before, descent evaluate prints it.";

    static string? Recorded(PictureStudy study, string picture, string what, Func<StepSeries, ReadOnlyMemory<double>> column) =>
        study.Trials.Any(trial => !column(trial.Steps).IsEmpty) ? null
            : $"{picture} needs {what}, and no trial of {study.Name} has recorded any yet: descent run {study.Name}.";
}
