using Descent.Data;
using Descent.Optimizers;
using Descent.Studies.Definition;

namespace Descent.App.Catalogs;

/// <summary>Every kind of named things.</summary>
/// <param name="folder">Where data sets lie; asked only by who needs it.</param>
/// <param name="optimizers">The update rules; asked only by who needs them.</param>
sealed class AllCatalogs(Func<DataFolder> folder, Func<OptimizerCatalog> optimizers)
{
    /// <summary>The words that <c>list</c> takes.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["optimizers", "schedules", "clippings", "workloads", "presets", "datasets", "initializations", "problems", "pictures", "confounds", "protocols"];

    /// <summary>Texts of options of a workload's model, without <c>model.</c>; the others have their defaults.</summary>
    public IReadOnlyDictionary<string, string> ModelOptions { get; init; } = new Dictionary<string, string>();

    /// <exception cref="BadInputException">There is no such kind.</exception>
    public Catalog OfKind(string kind) => kind switch
    {
        "optimizers" => new Optimizers(optimizers()),
        "schedules" => new Schedules(),
        "clippings" => new Clippings(),
        "workloads" => new Workloads(ModelOptions),
        "presets" => new Presets(folder),
        "datasets" => new DataSets(folder),
        "initializations" => new Initializations(),
        "problems" => new Problems(),
        "pictures" => new Pictures(),
        "confounds" => new Confounds(),
        "protocols" => new Protocols(),
        _ => throw new BadInputException($"descent list has no \"{kind}\".{NearestName.Hint(kind, Kinds)}"),
    };

    /// <summary>The catalogs that know a name.</summary>
    /// <exception cref="BadInputException">None does.</exception>
    public IReadOnlyList<Catalog> Knowing(string name)
    {
        if (WorkloadReader.IsFile(name))
        {
            return [new Workloads(ModelOptions)];
        }

        List<Catalog> all = [.. Kinds.Select(OfKind), new Weights(folder)];
        var knowing = all.Where(catalog => catalog.Knows(name)).ToList();
        return knowing.Count > 0 ? knowing : throw new BadInputException($"Nothing is called \"{name}\"."
            + (NearestName.Find(name, all.SelectMany(catalog => catalog.Names)) is { } nearest ? $" Did you mean \"{nearest}\"?" : "")
            + $" See: descent list {string.Join('|', Kinds)}");
    }
}
