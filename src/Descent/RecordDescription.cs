namespace Descent;

/// <summary>A record of a catalog: what its type, its attributes and its documentation comment say.</summary>
public sealed class RecordDescription<TRecord> where TRecord : class, ICatalogRecord
{
    readonly HyperparameterBinding binding;

    internal RecordDescription(Type type, CatalogRecordAttribute attribute)
    {
        (Type, Name, Source) = (type, attribute.Name, attribute.Source);
        binding = new HyperparameterBinding(Name, type);
    }

    public string Name { get; }

    public Type Type { get; }

    /// <summary>Where it comes from, as in <c>arXiv:1608.03983</c>.</summary>
    public string Source { get; }

    /// <summary>In the order of the record's constructor.</summary>
    public IReadOnlyList<Hyperparameter> Hyperparameters => binding.All;

    /// <summary>One line that says what it is.</summary>
    public string Summary => Documentation.Summary;

    /// <summary>Formula, source, differences from the source: a paragraph each.</summary>
    public string Remarks => Documentation.Remarks;

    TypeDocumentation Documentation => XmlDocumentation.Of(Type.Assembly).Type(Type);

    /// <exception cref="BadInputException">There is no hyperparameter of this name; the nearest is suggested.</exception>
    public Hyperparameter Hyperparameter(string name) => binding.Find(name);

    /// <summary>The record with these hyperparameters; those not given keep their defaults.</summary>
    /// <exception cref="BadInputException">An unknown name, a wrong type, a value out of range, or a contradiction.</exception>
    public TRecord Create(IReadOnlyDictionary<string, object> hyperparameters)
    {
        var record = (TRecord)binding.Create(hyperparameters);
        record.Validate();
        return record;
    }

    /// <summary>Every hyperparameter's name and value, in the constructor's order.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Values(TRecord record) => binding.Values(record);
}
