using Descent.Data.Digits;

namespace Descent.Data;

/// <summary>The data sets that Descent knows by name.</summary>
public static class DataCatalog
{
    public static IReadOnlyList<DataSetDescription> All { get; } = [DigitsData.Description, MnistData.Description, Cifar10Data.Description];

    /// <summary>The data set of a name.</summary>
    /// <exception cref="BadInputException">There is none; the message suggests the nearest name.</exception>
    public static DataSetDescription Find(string name) => All.FirstOrDefault(set => set.Name == name)
        ?? throw new BadInputException($"There is no data set \"{name}\".{NearestName.Hint(name, All.Select(set => set.Name))}");
}
