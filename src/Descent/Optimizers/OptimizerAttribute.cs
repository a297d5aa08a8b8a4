namespace Descent.Optimizers;

/// <summary>Makes a record an entry of the catalog of optimizers.</summary>
/// <param name="name">Lower case, PyTorch's spelling where it has the rule.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OptimizerAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>Where the rule comes from, as in <c>arXiv:1412.6980</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The name of the rule that this one is a form or descendant of; null where it stands for itself. All forms of one rule are
    /// listed together.</summary>
    public string? FormOf { get; init; }

    /// <summary>In a phrase, how it differs from the rule that it is a form of.</summary>
    public string? Difference { get; init; }

    /// <summary>What the rule must see.</summary>
    public RuleKind Kind { get; init; }
}
