using Descent.Studies.Comparisons;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;

namespace Descent.Studies.Results.Sections;

/// <summary>What a study asks for beside the table of its results: weights before the first step, gradient norms, what gauges read last and cost, which settings match another. The same in the terminal and in the
/// report.</summary>
public static class BesideResults
{
    public static IReadOnlyList<PageSection> Of(StoredStudy study, StudySummary summary) =>
    [
        .. new[]
        {
            StartingWeightsSection.Of(summary), GradientNormsSection.Of(summary), GaugesSection.Of(summary), StoredResults.Match(study) is { } match ? MatchSection.Of(summary, match) : null,
        }.OfType<PageSection>(),
    ];
}
