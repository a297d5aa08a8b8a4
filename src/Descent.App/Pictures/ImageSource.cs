using Descent.App.Commands;
using Descent.Data;
using Descent.Studies.Definition;
using Descent.Studies.Results;
using Descent.Studies.Storage;
using Descent.Workloads;

namespace Descent.App.Pictures;

/// <summary>The data that the user means by the name of a data set, of a workload, or of a study.</summary>
static class ImageSource
{
    /// <exception cref="BadInputException">Nothing is so called, or the data is not there.</exception>
    public static DataSet Find(Invocation invocation, string name)
    {
        var study = Studies(invocation).FirstOrDefault(study => study.Name == name);
        string workload = study?.Workload ?? name;
        var own = WorkloadReader.IsFile(name) ? WorkloadReader.Find(invocation.Terminal.FullPath(name)) : study is null ? null : StoredResults.Workload(study);
        if (own?.Problem is not null)
        {
            return own.Data.Load(invocation.DataFolder());
        }

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
