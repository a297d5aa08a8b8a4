using Descent.App.Commands;
using Descent.Data;
using Descent.Studies.Storage;
using Descent.Workloads;

namespace Descent.App.Pictures;

/// <summary>The data that the user means by the name of a data set, of a workload, or of a study.</summary>
static class ImageSource
{
    /// <exception cref="BadInputException">Nothing is so called, or the data is not there.</exception>
    public static DataSet Find(Invocation invocation, string name)
    {
        string workload = Studies(invocation).FirstOrDefault(study => study.Name == name)?.Workload ?? name;
        string set = WorkloadCatalog.All.FirstOrDefault(x => x.Name == workload)?.DataSet ?? workload;
        if (DataCatalog.All.FirstOrDefault(x => x.Name == set) is { } description)
        {
            return description.Load(invocation.DataFolder());
        }

        var known = DataCatalog.All.Select(x => x.Name).Concat(WorkloadCatalog.All.Select(x => x.Name)).Concat(Studies(invocation).Select(x => x.Name));
        throw new BadInputException($"No data set, workload or study is called \"{name}\".{NearestName.Hint(name, known)}");
    }

    static IReadOnlyList<StoredStudy> Studies(Invocation invocation)
    {
        if (!File.Exists(invocation.StorePath()))
        {
            return [];
        }

        using var store = SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
        return store.Studies();
    }
}
