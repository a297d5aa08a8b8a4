using Descent.Studies.Charts;
using Descent.Studies.Statistics;

namespace Descent.Studies.Pictures.Curves;

/// <summary>Means over the seeds with a band around each.</summary>
sealed class SeedBands : IPicture
{
    public string Name => "seed-bands";

    public string Shows => "Loss at each step and both accuracies, each as the mean over the seeds with a band: --band extremes or deviation.";

    public string? Missing(PictureStudy study) => Needs.Steps(study, Name) ?? Needs.Epochs(study, Name)
        ?? (study.Summary.Settings.Any(setting => setting.In(TrialState.Complete).Count() > 1) ? null
            : $"{Name} needs two complete seeds of a setting, and {study.Name} has one of each: give it more, as in seeds: [0, 1, 2].");

    public Figure Draw(PictureStudy study) => CurvePanel.Sheet(study, $"{study.Name}: mean and {Edges(study)} over the {study.Repeat}s", 1,
        CurvePanel.StepLoss(study), CurvePanel.TrainAccuracy(study), CurvePanel.HeldOutAccuracy(study));

    static string Edges(PictureStudy study) => study.Band switch
    {
        SeedBand.Extremes => "extremes",
        SeedBand.Deviation => "standard deviation",
        _ => "spread",
    };
}
