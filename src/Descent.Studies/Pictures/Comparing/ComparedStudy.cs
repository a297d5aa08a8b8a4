using Descent.Studies.Comparisons;

namespace Descent.Studies.Pictures.Comparing;

/// <summary>The comparison that pictures of comparisons show.</summary>
static class ComparedStudy
{
    public static Comparison Of(PictureStudy study) => Comparison.Of(Request(study));

    /// <summary>Why the study has none, one sentence; null where it has.</summary>
    public static string? Missing(PictureStudy study, string picture, bool needsTarget)
    {
        try
        {
            var comparison = Of(study);
            return needsTarget && study.Target is null ? $"{picture} needs a target, and {study.Name} has none: a study says target: 0.95."
                : needsTarget && comparison.Times(Statistics.Survival.Clock.Steps).All(x => x.Reached == 0) ? $"{picture} needs trials that have met the target, and {study.Name} has none." : null;
        }
        catch (BadInputException impossible)
        {
            return $"{picture} needs a comparison: {impossible.Message}";
        }
    }

    static ComparisonRequest Request(PictureStudy study) => new(study.Name, study.Trials)
    {
        Target = study.Target?.Value,
        TargetSplit = study.Target?.Metric.StartsWith(Statistics.HeldOut.Validation.Split, StringComparison.Ordinal) == true
            ? Statistics.HeldOut.Validation : Statistics.HeldOut.Test,
    };
}
