using Descent.Data;

namespace Descent.App.Catalogs;

/// <summary>Every kind of named things.</summary>
sealed class AllCatalogs(DataFolder folder)
{
    /// <summary>The words that <c>list</c> takes.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["datasets"];

    /// <exception cref="BadInputException">There is no such kind.</exception>
    public Catalog OfKind(string kind) => kind switch
    {
        "datasets" => new DataSets(folder),
        _ => throw new BadInputException($"descent list has no \"{kind}\".{NearestName.Hint(kind, Kinds)}"),
    };

    /// <summary>The catalogs that know a name.</summary>
    /// <exception cref="BadInputException">None does.</exception>
    public IReadOnlyList<Catalog> Knowing(string name)
    {
        var all = Kinds.Select(OfKind).ToList();
        var knowing = all.Where(catalog => catalog.Names.Contains(name)).ToList();
        return knowing.Count > 0 ? knowing : throw new BadInputException($"Nothing is called \"{name}\"."
            + (NearestName.Find(name, all.SelectMany(catalog => catalog.Names)) is { } nearest ? $" Did you mean \"{nearest}\"?" : "")
            + $" See: descent list {string.Join('|', Kinds)}");
    }
}
