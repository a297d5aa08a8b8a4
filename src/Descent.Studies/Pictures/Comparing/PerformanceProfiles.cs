using Descent.Studies.Charts;

namespace Descent.Studies.Pictures.Comparing;

/// <summary>How times stand to the fastest at each seed.</summary>
sealed class PerformanceProfiles : IPicture
{
    public string Name => ProfileFigure.Picture;

    public string Shows => "The share of seeds at which an optimizer takes at most τ times as many steps to the target as the fastest at that seed; of a protocol over all workloads.";

    public string? Missing(PictureStudy study) => ComparedStudy.Missing(study, Name, needsTarget: true);

    public Figure Draw(PictureStudy study) => ProfileFigure.Of(ComparedStudy.Of(study));
}
