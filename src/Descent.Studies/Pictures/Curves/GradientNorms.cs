using Descent.Studies.Charts;

namespace Descent.Studies.Pictures.Curves;

/// <summary>The norm of the gradient over the steps.</summary>
sealed class GradientNorms : IPicture
{
    public string Name => "gradient-norms";

    public string Shows => "The norm of the gradient before clipping over the steps, on a log axis.";

    public string? Missing(PictureStudy study) => Needs.Norms(study, Name);

    public Figure Draw(PictureStudy study) => StudyFigures.GradientNorm(study.Drawn, study.Band, study.Repeat);
}
