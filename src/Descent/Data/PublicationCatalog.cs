namespace Descent.Data;

/// <summary>Everything that a data folder may hold.</summary>
public static class PublicationCatalog
{
    public static IReadOnlyList<IPublication> All { get; } = [.. DataCatalog.All, .. WeightsCatalog.All];

    /// <summary>The data set or the weights of a name.</summary>
    /// <exception cref="BadInputException">There are none; the message suggests the nearest name.</exception>
    public static IPublication Find(string name) => All.FirstOrDefault(one => one.Name == name)
        ?? throw new BadInputException($"No data set and no weights are called \"{name}\".{NearestName.Hint(name, All.Select(one => one.Name))}");
}
