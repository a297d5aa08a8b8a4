using System.Collections.Concurrent;
using System.Reflection;

namespace Descent.Optimizers;

/// <summary>A rule of the catalog: what its record, its attributes and its documentation comment say.</summary>
public sealed class OptimizerDescription
{
    static readonly ConcurrentDictionary<Type, OptimizerDescription?> known = new();

    readonly HyperparameterBinding binding;

    OptimizerDescription(Type type, OptimizerAttribute attribute)
    {
        (Type, Name, Source) = (type, attribute.Name, attribute.Source);
        (FormOf, Difference, Kind) = (attribute.FormOf, attribute.Difference, attribute.Kind);
        binding = new HyperparameterBinding(Name, type);
    }

    /// <summary>As in <c>adamw</c>.</summary>
    public string Name { get; }

    /// <summary>The record.</summary>
    public Type Type { get; }

    /// <summary>Where the rule comes from, as in <c>arXiv:1412.6980</c>.</summary>
    public string Source { get; }

    /// <summary>The name of the rule that this one is a form of; null where it stands for itself.</summary>
    public string? FormOf { get; }

    /// <summary>How it differs from the rule that it is a form of; null where it stands for itself.</summary>
    public string? Difference { get; }

    /// <summary>What the rule must see.</summary>
    public RuleKind Kind { get; }

    /// <summary>In the order of the record's constructor.</summary>
    public IReadOnlyList<Hyperparameter> Hyperparameters => binding.All;

    /// <summary>The names of the buffers, each as long as the parameters, that the rule keeps with its default hyperparameters.</summary>
    public IReadOnlyList<string> States => Create(new Dictionary<string, object>()).States;

    /// <summary>One line that says what the rule is.</summary>
    public string Summary => Documentation.Summary;

    /// <summary>Formula, source, differences from the source: a paragraph each.</summary>
    public string Remarks => Documentation.Remarks;

    TypeDocumentation Documentation => XmlDocumentation.Of(Type.Assembly).Type(Type);

    /// <summary>The description of a record with <see cref="OptimizerAttribute"/>; null for a type without.</summary>
    public static OptimizerDescription? Of(Type type) => known.GetOrAdd(type, static type =>
        type.GetCustomAttribute<OptimizerAttribute>() is { } attribute ? new OptimizerDescription(type, attribute) : null);

    /// <summary>The optimizer with these hyperparameters; those not given keep their defaults.</summary>
    /// <param name="hyperparameters">By name (<c>learning_rate</c>): numbers, truth values, or the text of either (<c>1e-3</c>,
    /// <c>true</c>).</param>
    /// <exception cref="BadInputException">An unknown name, a wrong type, a value out of range, or a contradiction.</exception>
    public IOptimizer Create(IReadOnlyDictionary<string, object> hyperparameters)
    {
        var optimizer = (IOptimizer)binding.Create(hyperparameters);
        optimizer.Validate();
        return optimizer;
    }

    /// <exception cref="BadInputException">The rule has no hyperparameter of this name.</exception>
    public Hyperparameter Hyperparameter(string name) => binding.Find(name);

    /// <summary>Every hyperparameter's name and value, doubles, bools and texts, in the constructor's order: what identifies the
    /// optimizer.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Values(IOptimizer optimizer) => binding.Values(optimizer);

    /// <exception cref="BadInputException">A value is out of range, or two contradict each other.</exception>
    internal void Validate(IOptimizer optimizer)
    {
        binding.Check(optimizer);
        optimizer.Validate();
    }
}
