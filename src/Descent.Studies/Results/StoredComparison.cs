using Descent.Studies.Comparisons;
using Descent.Studies.Storage;

namespace Descent.Studies.Results;

/// <summary>The comparison of a stored study.</summary>
public static class StoredComparison
{
    public static ComparisonRequest Request(IStudyStore store, StoredStudy study) => new(study.Name, StoredResults.Trials(store, study)) { Target = study.Target };
}
