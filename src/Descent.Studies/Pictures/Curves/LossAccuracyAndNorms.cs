using Descent.Studies.Charts;

namespace Descent.Studies.Pictures.Curves;

/// <summary><see cref="LossAndAccuracy"/> with the norm of the gradient at each step.</summary>
sealed class LossAccuracyAndNorms : IPicture
{
    public string Name => "loss-accuracy-and-norms";

    public string Shows => "Loss and gradient norm at each step, training and held-out accuracy after each epoch, in four panels.";

    public string? Missing(PictureStudy study) => Needs.Norms(study, Name) ?? Needs.Epochs(study, Name);

    public Figure Draw(PictureStudy study) => CurvePanel.Sheet(study, $"Loss, {study.Metric} and gradient norm of {study.Name}", 1,
        CurvePanel.StepLoss(study), CurvePanel.TrainAccuracy(study), CurvePanel.HeldOutAccuracy(study), CurvePanel.StepNorm(study));
}
