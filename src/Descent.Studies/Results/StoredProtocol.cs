using Descent.Studies.Comparisons;
using Descent.Studies.Storage;

namespace Descent.Studies.Results;

/// <summary>The comparison over the studies of a protocol.</summary>
public static class StoredProtocol
{
    /// <summary>The compared studies of a protocol, PROTOCOL.WORKLOAD with the settings of PROTOCOL.WORKLOAD.tuning; empty where the store has none.</summary>
    public static IReadOnlyList<StoredStudy> Studies(IStudyStore store, string name) =>
        [.. store.Studies().Where(study => study.Name == $"{name}.{study.Workload}" && StudyFacts.Of(study).TunedBy is not null)];

    /// <exception cref="BadInputException">None of its studies can be compared.</exception>
    public static ProtocolComparison Compare(IStudyStore store, string name, double delta)
    {
        var (workloads, left) = (new List<(string, Comparison)>(), new List<(string, string)>());
        BadInputException? first = null;
        foreach (var study in Studies(store, name))
        {
            try
            {
                workloads.Add((study.Workload, Comparison.Of(StoredComparison.Request(store, study) with { Delta = delta })));
            }
            catch (BadInputException impossible)
            {
                // While it runs, the last of its studies has too little.
                first ??= impossible;
                left.Add((study.Workload, impossible.Message));
            }
        }

        return workloads.Count > 0 ? new(name, workloads) { Left = left } : throw first!;
    }
}
