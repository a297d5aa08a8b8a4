using Descent.Studies.Comparisons;
using Descent.Studies.Storage;

namespace Descent.Studies.Results;

/// <summary>The comparison over the studies of a protocol.</summary>
public static class StoredProtocol
{
    /// <summary>The compared studies of a protocol, PROTOCOL.WORKLOAD with the settings of PROTOCOL.WORKLOAD.tuning; empty where the store has none.</summary>
    public static IReadOnlyList<StoredStudy> Studies(IStudyStore store, string name) =>
        [.. store.Studies().Where(study => study.Name == $"{name}.{study.Workload}" && StudyFacts.Of(study).TunedBy is not null)];

    public static ProtocolComparison Compare(IStudyStore store, string name, double delta) => new(name,
        [.. Studies(store, name).Select(study => (study.Workload, Comparison.Of(StoredComparison.Request(store, study) with { Delta = delta })))]);
}
