namespace Descent;

/// <summary>Where a search looks for a hyperparameter, on the parameter of the record's constructor: a fact of the rule, the same for every workload. Points are spread
/// evenly by factors.</summary>
/// <param name="from">The smaller end, above 0.</param>
/// <param name="to">The larger end.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class SearchedAttribute(double from, double to) : Attribute
{
    public double From { get; } = from;

    public double To { get; } = to;

    /// <summary>Whether 1 − value is spread by factors, as suits fractions near 1: 0.9 lies halfway between 0.8 and 0.95.</summary>
    public bool IsComplement { get; init; }

    /// <summary>The value at a share of the way from <see cref="From"/> to <see cref="To"/>.</summary>
    public double At(double share) => IsComplement ? 1 - ((1 - From) * Math.Pow((1 - To) / (1 - From), share)) : From * Math.Pow(To / From, share);
}
