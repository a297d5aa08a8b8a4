using System.Collections.Concurrent;
using System.Reflection;

namespace Descent.Optimizers;

/// <summary>A rule of the catalog: what its record, its attributes and its documentation comment say.</summary>
public sealed class OptimizerDescription
{
    static readonly ConcurrentDictionary<Type, OptimizerDescription?> known = new();

    readonly HyperparameterBinding binding;
    readonly OptimizerDescription? wrapped;

    OptimizerDescription(Type type, OptimizerAttribute attribute)
    {
        (Type, Name, Source) = (type, attribute.Name, attribute.Source);
        (FormOf, Difference, Kind) = (attribute.FormOf, attribute.Difference, attribute.Kind);
        binding = new HyperparameterBinding(Name, type);
        Hyperparameters = binding.All;
    }

    OptimizerDescription(OptimizerDescription outer, OptimizerDescription inner, string name)
        : this(outer.Type, outer.Type.GetCustomAttribute<OptimizerAttribute>()!)
    {
        (Name, wrapped) = (name, inner);
        Kind = outer.Kind > inner.Kind ? outer.Kind : inner.Kind;
        Hyperparameters = [.. binding.All, .. inner.Hyperparameters.Select(x => new Hyperparameter(name, NameOutside(x), x, Inside))];

        static object Inside(object record) => ((IWrappingOptimizer)record).Wrapped;
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

    /// <summary>In the order of the record's constructor; those of a wrapped rule follow. Where both have one name, the wrapped rule's bears its
    /// name in front: <c>rmsprop_alpha</c>.</summary>
    public IReadOnlyList<Hyperparameter> Hyperparameters { get; }

    /// <summary>Whether it is a rule around another one.</summary>
    public bool Wraps => Type.IsAssignableTo(typeof(IWrappingOptimizer));

    /// <summary>The names of the buffers, each as long as the parameters, that the rule keeps with its default hyperparameters.</summary>
    public IReadOnlyList<string> States => Create(new Dictionary<string, object>()).States;

    /// <summary>One line that says what the rule is.</summary>
    public string Summary => Documentation.Summary;

    /// <summary>Formula, source, differences from the source: a paragraph each.</summary>
    public string Remarks => Documentation.Remarks;

    TypeDocumentation Documentation => XmlDocumentation.Of(Type.Assembly).Type(Type);

    /// <summary>The description of a record with <see cref="OptimizerAttribute"/>, a wrapping one around its default; null for a type
    /// without.</summary>
    public static OptimizerDescription? Of(Type type) => known.GetOrAdd(type, static type =>
    {
        var own = type.GetCustomAttribute<OptimizerAttribute>() is { } attribute ? new OptimizerDescription(type, attribute) : null;
        return own is { Wraps: true } ? new(own, Of(((IWrappingOptimizer)own.CreateOwn([])).Wrapped)!, own.Name) : own;
    });

    /// <summary>The description of this optimizer, with what it wraps; null for a record without <see cref="OptimizerAttribute"/>.</summary>
    public static OptimizerDescription? Of(IOptimizer optimizer)
    {
        var description = Of(optimizer.GetType());
        return description?.wrapped is { } usual && optimizer is IWrappingOptimizer outer && Of(outer.Wrapped) is { } inner && inner.Name != usual.Name
            ? description.Around(inner) : description;
    }

    /// <summary>The description of this wrapping rule around another one.</summary>
    /// <exception cref="BadInputException">It wraps nothing.</exception>
    public OptimizerDescription Around(OptimizerDescription inner) => Wraps ? new(this, inner, $"{FirstName}+{inner.Name}")
        : throw new BadInputException($"{Name} is no rule around another one, so {Name}+{inner.Name} is not an optimizer.");

    /// <summary>The optimizer with these hyperparameters; those not given keep their defaults.</summary>
    /// <param name="hyperparameters">By name (<c>learning_rate</c>): numbers, truth values, or the text of either (<c>1e-3</c>,
    /// <c>true</c>).</param>
    /// <exception cref="BadInputException">An unknown name, a wrong type, a value out of range, or a contradiction.</exception>
    public IOptimizer Create(IReadOnlyDictionary<string, object> hyperparameters)
    {
        var given = hyperparameters.Select(x => (Hyperparameter: Hyperparameter(x.Key), x.Value)).ToDictionary(x => x.Hyperparameter.Name,
            x => x.Hyperparameter.Convert(x.Value));
        var optimizer = CreateOwn(given.Where(x => binding.All.Any(own => own.Name == x.Key)).ToDictionary());
        if (wrapped is not null)
        {
            var inner = wrapped.Hyperparameters.Where(x => given.ContainsKey(NameOutside(x))).ToDictionary(x => x.Name, x => given[NameOutside(x)]);
            optimizer = ((IWrappingOptimizer)optimizer).Around(wrapped.Create(inner));
        }

        optimizer.Validate();
        return optimizer;
    }

    /// <exception cref="BadInputException">The rule has no hyperparameter of this name.</exception>
    public Hyperparameter Hyperparameter(string name) => Hyperparameters.FirstOrDefault(x => x.Name == name)
        ?? throw new BadInputException($"{Name} has no hyperparameter \"{name}\".{NearestName.Hint(name, Hyperparameters.Select(x => x.Name))}");

    /// <summary>Every hyperparameter's name and value, doubles, bools and texts, in the constructor's order: what identifies the
    /// optimizer.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Values(IOptimizer optimizer) =>
        [.. Hyperparameters.Select(x => KeyValuePair.Create(x.Name, x.Value(optimizer)))];

    /// <exception cref="BadInputException">A value is out of range, or two contradict each other.</exception>
    internal void Validate(IOptimizer optimizer)
    {
        foreach (var hyperparameter in Hyperparameters)
        {
            hyperparameter.Check(hyperparameter.Value(optimizer));
        }

        optimizer.Validate();
    }

    string FirstName => Type.GetCustomAttribute<OptimizerAttribute>()!.Name;

    IOptimizer CreateOwn(Dictionary<string, object> values) => (IOptimizer)binding.Create(values);

    string NameOutside(Hyperparameter inner) =>
        binding.All.Any(own => own.Name == inner.Name) ? $"{wrapped!.Name.Replace('-', '_').Replace('+', '_')}_{inner.Name}" : inner.Name;
}
