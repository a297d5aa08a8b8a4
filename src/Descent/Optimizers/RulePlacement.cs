using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>A rule with the parameters that it moves, and what it wraps.</summary>
/// <param name="Slots">In the model's order.</param>
/// <param name="Wrapped">The placements of the rule inside; none for a rule that wraps nothing.</param>
sealed record RulePlacement(IOptimizer Rule, IReadOnlyList<int> Slots, IReadOnlyList<RulePlacement> Wrapped)
{
    /// <summary>This one and all inside.</summary>
    public IEnumerable<RulePlacement> All => Wrapped.SelectMany(x => x.All).Prepend(this);

    /// <summary>Who moves what: a wrapping rule has all parameters; below it each goes to the rule with its groups' hyperparameters, which may hand
    /// it on by <see cref="IOptimizer.RuleFor"/>. Equal records are one rule.</summary>
    /// <exception cref="BadInputException">A group matches nothing, or changes what the rule has not or cannot have different.</exception>
    public static IReadOnlyList<RulePlacement> Of(IOptimizer optimizer, IReadOnlyList<ParameterInfo> parameters, IReadOnlyList<ParameterGroup> groups)
    {
        RequireMeaning(parameters, groups);
        return Place(optimizer, parameters, groups);
    }

    static IReadOnlyList<RulePlacement> Place(IOptimizer optimizer, IReadOnlyList<ParameterInfo> parameters, IReadOnlyList<ParameterGroup> groups)
    {
        if (optimizer is IWrappingOptimizer outer)
        {
            return [new(optimizer, [.. Enumerable.Range(0, parameters.Count)], Place(outer.Wrapped, parameters, groups))];
        }

        var rules = parameters.Select(parameter => WithGroups(optimizer, parameter, groups).RuleFor(parameter)).ToList();
        return [.. Enumerable.Range(0, parameters.Count).GroupBy(i => rules[i]).Select(x => new RulePlacement(x.Key, [.. x], []))];
    }

    static IOptimizer WithGroups(IOptimizer optimizer, ParameterInfo parameter, IReadOnlyList<ParameterGroup> groups)
    {
        var given = groups.Where(group => group.Match.Holds(parameter)).SelectMany(group => group.Hyperparameters).ToList();
        if (given.Count == 0)
        {
            return optimizer;
        }

        var description = OptimizerDescription.Of(optimizer)
            ?? throw new ArgumentException($"{optimizer.GetType().Name} is not marked as an optimizer of a catalog.");
        if (!optimizer.MovesParametersApart)
        {
            throw new BadInputException($"{description.Name} moves all parameters together: it cannot have groups of them.");
        }

        var values = description.Values(optimizer).ToDictionary();
        foreach (var (name, value) in given)
        {
            values[name] = value;
        }

        return description.Create(values);
    }

    static void RequireMeaning(IReadOnlyList<ParameterInfo> parameters, IReadOnlyList<ParameterGroup> groups)
    {
        for (int i = 0; i < groups.Count; i++)
        {
            if (!parameters.Any(groups[i].Match.Holds))
            {
                throw new BadInputException($"Parameter group {i + 1} matches no parameter of the model.");
            }
        }
    }
}
