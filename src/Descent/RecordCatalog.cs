using System.Reflection;

namespace Descent;

/// <summary>All records of an assembly that bear the attribute of a catalog. A new file is found without being named anywhere.</summary>
public sealed class RecordCatalog<TRecord> where TRecord : class, ICatalogRecord
{
    readonly string kind;

    /// <param name="kind">What one of them is called, as it ends a sentence: <c>a schedule</c>.</param>
    /// <exception cref="InvalidOperationException">Two records bear one name, or a hyperparameter lacks its default or range.</exception>
    public RecordCatalog(string kind, Assembly assembly)
    {
        this.kind = kind;
        All = [.. assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(TRecord)))
            .Select(type => (type, attribute: type.GetCustomAttribute<CatalogRecordAttribute>())).Where(x => x.attribute is not null)
            .Select(x => new RecordDescription<TRecord>(x.type, x.attribute!)).OrderBy(x => x.Name, StringComparer.Ordinal)];
        if (All.CountBy(x => x.Name).FirstOrDefault(x => x.Value > 1) is { Key: { } twin })
        {
            throw new InvalidOperationException($"Two records are {kind} named {twin}.");
        }
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<RecordDescription<TRecord>> All { get; }

    public IEnumerable<string> Names => All.Select(x => x.Name);

    /// <exception cref="BadInputException">There is none of this name; the nearest is suggested.</exception>
    public RecordDescription<TRecord> Find(string name) => All.FirstOrDefault(x => x.Name == name)
        ?? throw new BadInputException($"{name} is not {kind}.{NearestName.Hint(name, Names)}");

    /// <summary>What describes a record of this catalog.</summary>
    public RecordDescription<TRecord> Of(TRecord record) => All.First(x => x.Type == record.GetType());
}
