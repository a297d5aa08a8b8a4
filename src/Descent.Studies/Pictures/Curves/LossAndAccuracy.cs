using Descent.Studies.Charts;

namespace Descent.Studies.Pictures.Curves;

/// <summary>Loss at each step, and both accuracies after each epoch, below each other.</summary>
sealed class LossAndAccuracy : IPicture
{
    public string Name => "loss-and-accuracy";

    public string Shows => "Loss at each step, training and held-out accuracy after each epoch, in three panels.";

    public string? Missing(PictureStudy study) => Needs.Steps(study, Name) ?? Needs.Epochs(study, Name);

    public Figure Draw(PictureStudy study) => CurvePanel.Sheet(study, $"Loss and {study.Metric} of {study.Name}", 1,
        CurvePanel.StepLoss(study), CurvePanel.TrainAccuracy(study), CurvePanel.HeldOutAccuracy(study));
}
