using Descent.Studies.Charts;

namespace Descent.Studies.Pictures.Effects;

/// <summary>The final test accuracy of each setting.</summary>
sealed class FinalAccuracy : IPicture
{
    public string Name => "final-accuracy";

    public string Shows => "Final test accuracy of each setting, as bars from zero and with every seed as a point.";

    public string? Missing(PictureStudy study) => study.Summary.Settings.Any(setting => setting.FinalTestAccuracy.Count > 0) ? null
        : $"{Name} needs complete trials, and {study.Name} has none yet: descent run {study.Name}.";

    public Figure Draw(PictureStudy study) => FinalAccuracyFigure.Build(study.Summary, study.Drawn, study.Target);
}
