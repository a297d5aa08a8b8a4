using System.Reflection;

namespace Descent;

/// <summary>The hyperparameters of a record, found in its only constructor, and records made from their names and values.</summary>
public sealed class HyperparameterBinding
{
    readonly string owner;
    readonly ConstructorInfo constructor;

    /// <param name="owner">The record's name in its catalog, for messages.</param>
    /// <exception cref="InvalidOperationException">A parameter lacks its default or its range.</exception>
    public HyperparameterBinding(string owner, Type record)
    {
        this.owner = owner;
        constructor = record.GetConstructors().Single();
        All = [.. constructor.GetParameters().Select(parameter => new Hyperparameter(owner, record, parameter))];
    }

    /// <summary>In the order of the constructor.</summary>
    public IReadOnlyList<Hyperparameter> All { get; }

    /// <exception cref="BadInputException">There is none of this name; the nearest is suggested.</exception>
    public Hyperparameter Find(string name) => All.FirstOrDefault(x => x.Name == name)
        ?? throw new BadInputException($"{owner} has no hyperparameter \"{name}\".{NearestName.Hint(name, All.Select(x => x.Name))}");

    /// <summary>A record with these hyperparameters; those not given keep their defaults.</summary>
    /// <param name="values">By name (<c>learning_rate</c>): numbers, truth values, or the text of either (<c>1e-3</c>, <c>true</c>).</param>
    /// <exception cref="BadInputException">An unknown name, a wrong type, or a value out of range.</exception>
    public object Create(IReadOnlyDictionary<string, object> values)
    {
        foreach (string name in values.Keys)
        {
            _ = Find(name);
        }

        return constructor.Invoke([.. All.Select(x => values.TryGetValue(x.Name, out object? given) ? x.Convert(given) : x.Default)]);
    }

    /// <summary>Every hyperparameter's name and value, in the constructor's order: what identifies the record.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Values(object record) =>
        [.. All.Select(x => KeyValuePair.Create(x.Name, x.Value(record)))];

    /// <exception cref="BadInputException">A value is out of range.</exception>
    public void Check(object record)
    {
        foreach (var hyperparameter in All)
        {
            hyperparameter.Check(hyperparameter.Value(record));
        }
    }
}
