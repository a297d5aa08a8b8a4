using System.Reflection;

namespace Descent.Optimizers;

/// <summary>All rules of one assembly or several: the records that bear <see cref="OptimizerAttribute"/>. A new file is found without being named
/// anywhere.</summary>
public sealed class OptimizerCatalog
{
    static readonly Lazy<OptimizerCatalog> descent = new(() => new OptimizerCatalog(typeof(OptimizerCatalog).Assembly));

    /// <exception cref="InvalidOperationException">Two rules bear one name, a hyperparameter lacks its default or range, or a form its
    /// difference.</exception>
    public OptimizerCatalog(Assembly assembly) : this(assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IOptimizer)))
        .Select(OptimizerDescription.Of).OfType<OptimizerDescription>())
    {
    }

    OptimizerCatalog(IEnumerable<OptimizerDescription> optimizers)
    {
        Optimizers = [.. optimizers.OrderBy(x => x.Name, StringComparer.Ordinal)];
        var twins = Optimizers.CountBy(x => x.Name).Where(x => x.Value > 1).Select(x => x.Key).ToList();
        if (twins.Count > 0)
        {
            throw new InvalidOperationException($"Two optimizers are named {twins[0]}.");
        }

        if (Optimizers.FirstOrDefault(x => (x.FormOf is null) != (x.Difference is null)) is { } incomplete)
        {
            throw new InvalidOperationException($"{incomplete.Name}: FormOf and Difference go together.");
        }
    }

    /// <summary>The rules that come with Descent. Made at the first use.</summary>
    public static OptimizerCatalog Default => descent.Value;

    /// <summary>By name.</summary>
    public IReadOnlyList<OptimizerDescription> Optimizers { get; }

    /// <summary>A rule by its name, or a rule around another one by both: <c>sam+adamw</c>.</summary>
    /// <exception cref="BadInputException">There is no rule of this name; the nearest is suggested.</exception>
    public OptimizerDescription Find(string name)
    {
        int plus = name.IndexOf('+');
        return plus >= 0 ? Find(name[..plus]).Around(Find(name[(plus + 1)..])) : Optimizers.FirstOrDefault(x => x.Name == name)
            ?? throw new BadInputException($"{name} is not an optimizer.{NearestName.Hint(name, Optimizers.Select(x => x.Name))}");
    }

    /// <summary>The rules of this catalog and those of another.</summary>
    /// <exception cref="BadInputException">The other has no rules, or one whose name is taken.</exception>
    public OptimizerCatalog With(OptimizerCatalog other)
    {
        if (other.Optimizers.Count == 0)
        {
            throw new BadInputException("there are no optimizers in it: public records that bear [Optimizer] and implement IOptimizer.");
        }

        var twin = other.Optimizers.FirstOrDefault(x => Optimizers.Any(y => y.Name == x.Name));
        return twin is null ? new OptimizerCatalog(Optimizers.Concat(other.Optimizers))
            : throw new BadInputException($"its optimizer {twin.Type.Name} bears the name \"{twin.Name}\", which is taken by another one.");
    }

    /// <summary>The rule that this one is a form of, and that rule's other forms: what goes by the same name elsewhere. By name.</summary>
    public IReadOnlyList<OptimizerDescription> RelativesOf(OptimizerDescription rule) =>
        [.. Optimizers.Where(x => x.Name != rule.Name && (x.FormOf ?? x.Name) == (rule.FormOf ?? rule.Name))];

    /// <summary>The optimizer of this name with these hyperparameters, see <see cref="OptimizerDescription.Create"/>.</summary>
    /// <exception cref="BadInputException">An unknown name, a wrong type, a value out of range, or a contradiction.</exception>
    public IOptimizer Create(string name, IReadOnlyDictionary<string, object> hyperparameters) => Find(name).Create(hyperparameters);
}
