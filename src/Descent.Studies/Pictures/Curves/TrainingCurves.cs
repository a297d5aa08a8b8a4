using Descent.Studies.Charts;

namespace Descent.Studies.Pictures.Curves;

/// <summary>Loss and accuracy after each epoch, trained on and held out, two by two.</summary>
sealed class TrainingCurves : IPicture
{
    public string Name => "training-curves";

    public string Shows => "Loss and accuracy after each epoch, on the training images and on held-out ones, two by two.";

    public string? Missing(PictureStudy study) => Needs.Epochs(study, Name);

    public Figure Draw(PictureStudy study) => CurvePanel.Sheet(study, $"Training curves of {study.Name}", 2,
        CurvePanel.TrainLoss, CurvePanel.HeldOutLoss(study), CurvePanel.TrainAccuracy(study), CurvePanel.HeldOutAccuracy(study));
}
