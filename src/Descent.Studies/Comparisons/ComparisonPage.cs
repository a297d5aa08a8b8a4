using Descent.Studies.Comparisons.Sections;

namespace Descent.Studies.Comparisons;

/// <summary>The page of a comparison, section by section; what the study says nothing of has none.</summary>
public static class ComparisonPage
{
    public static IReadOnlyList<PageSection> Of(Comparison comparison) =>
    [
        new("Verdict", comparison.Verdict.Sentence), RankingSection.Of(comparison), .. TargetSections.Of(comparison), .. TuningSections.Of(comparison),
        CostSection.Of(comparison), SeedsSection.Of(comparison),
    ];
}
