namespace Descent;

/// <summary>A record of a catalog: its constructor's parameters are hyperparameters, each with default and range, and
/// <see cref="CatalogRecordAttribute"/> names it.</summary>
public interface ICatalogRecord
{
    /// <summary>Checks what must hold between hyperparameters, beyond the range of each.</summary>
    /// <exception cref="BadInputException">The hyperparameters contradict each other.</exception>
    void Validate()
    {
    }
}

/// <summary>Makes a record an entry of its catalog.</summary>
/// <param name="name">Lower case, words joined by <c>-</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class CatalogRecordAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>Where it comes from, as in <c>arXiv:1608.03983</c>.</summary>
    public required string Source { get; init; }
}
