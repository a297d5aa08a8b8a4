using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>What one rule moves of a model: an optimizer may hand parameters to another rule, as Muon does.</summary>
/// <param name="Rule">The name in the catalog; of a rule that wraps others the name of what it wraps.</param>
/// <param name="Parameters">How many.</param>
/// <param name="Numbers">In all of them.</param>
public sealed record RuleShare(string Rule, int Parameters, long Numbers)
{
    /// <summary>Of the rules that move something, in the order of the parameters that each has first. One with several groups is named once.</summary>
    /// <exception cref="BadInputException">A group matches nothing, or changes what the rule has not or cannot have different.</exception>
    public static IReadOnlyList<RuleShare> Of(IOptimizer optimizer, IReadOnlyList<ParameterInfo> parameters, IReadOnlyList<ParameterGroup>? groups = null) =>
        [.. RulePlacement.Of(optimizer, parameters, groups ?? []).SelectMany(x => x.All).Where(x => x.Wrapped.Count == 0).GroupBy(x => Name(x.Rule))
            .Select(same => new RuleShare(same.Key, same.Sum(x => x.Slots.Count), same.Sum(x => x.Slots.Sum(i => (long)parameters[i].Shape.Count))))];

    /// <summary>Whether an optimizer moves nothing itself: what trains is another rule.</summary>
    public static bool IsElsewhere(IOptimizer optimizer, IReadOnlyList<RuleShare> shares) => shares.All(share => share.Rule != Name(Innermost(optimizer)));

    static IOptimizer Innermost(IOptimizer optimizer) => optimizer is IWrappingOptimizer outer ? Innermost(outer.Wrapped) : optimizer;

    static string Name(IOptimizer rule) => OptimizerDescription.Of(rule)?.Name ?? rule.GetType().Name;
}
