using Descent.Studies.Charts;

namespace Descent.Studies.Pictures.Curves;

/// <summary>The norm of the gradient in a panel for each setting.</summary>
sealed class GradientNormPanels : IPicture
{
    public string Name => "gradient-norm-panels";

    public string Shows => "The norm of the gradient at every step, a panel for each setting, so that no spike is averaged away.";

    public string? Missing(PictureStudy study) => Needs.Norms(study, Name);

    public Figure Draw(PictureStudy study) => GradientPanels.Build(study.Drawn);
}
