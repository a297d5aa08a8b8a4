using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>A rule with the parameters that it moves.</summary>
/// <param name="Slots">In the model's order.</param>
sealed record RulePlacement<T>(IOptimizer Rule, IReadOnlyList<Parameter<T>> Slots) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The rules that move the parameters, each named by <see cref="IOptimizer.RuleFor"/>; equal records are one rule.</summary>
    public static IReadOnlyList<RulePlacement<T>> Of(IOptimizer optimizer, IReadOnlyList<Parameter<T>> slots) =>
        [.. slots.GroupBy(slot => optimizer.RuleFor(slot.Info)).Select(x => new RulePlacement<T>(x.Key, [.. x]))];
}
