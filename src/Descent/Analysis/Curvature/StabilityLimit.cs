using Descent.Optimizers;

namespace Descent.Analysis;

/// <summary>The sharpness above which a rule's steps grow on a quadratic.</summary>
/// <remarks>Gradient descent 2/η; heavy ball 2·(1+β)/η; Nesterov in PyTorch's form 2·(1+β)/((1+2β)·η), each less a weight decay that is added to the gradient, which adds itself to every
/// curvature; rules that divide by a diagonal have the limit of their momentum for the
/// preconditioned Hessian: of Adam's, a mean of gradients, (2+2β₁)/((1−β₁)·η), 38/η by default (Cohen et al., arXiv:2103.00065 and arXiv:2207.14484).</remarks>
public static class StabilityLimit
{
    /// <summary>Null for a rule whose limit has no closed form here, unless <paramref name="ownStep"/> says it.</summary>
    /// <param name="ownStep">See <see cref="ByOwnStep"/>.</param>
    /// <param name="scheduleFactor">What the learning rate is multiplied by.</param>
    public static double? Of(IOptimizer rule, double? ownStep = null, double scheduleFactor = 1)
    {
        double rate = rule.LearningRate * scheduleFactor;
        return rule switch
        {
            Sgd { Nesterov: true } x => (2 * (1 + x.Momentum) / ((1 + (2 * x.Momentum)) * rate)) - x.WeightDecay,
            Sgd x => (2 * (1 + x.Momentum) / ((x.Momentum > 0 ? 1 - x.Dampening : 1) * rate)) - x.WeightDecay,
            Adam x => OfMean(x.Beta1, rate),
            AdamW x => OfMean(x.Beta1, rate),
            Amsgrad x => OfMean(x.Beta1, rate),
            RmsProp x => 2 * (1 + x.Momentum) / rate,
            _ => ownStep / rate,
        };
    }

    /// <summary>Learning rate times sharpness at the limit, from the rule's own step on a quadratic; null for a rule whose step is no linear map there, and for one that divides by
    /// what is not known here.</summary>
    public static double? ByOwnStep(IOptimizer rule)
    {
        if (OptimizerDescription.Of(rule) is null || (LinearStep.HoldsSecondMoment(rule) && !Preconditioner.IsKnown(rule)))
        {
            return null;
        }

        try
        {
            return StabilityMap.Limit(rule) is var limit && double.IsFinite(limit) ? limit : null;
        }
        catch (BadInputException)
        {
            return null;
        }
    }

    /// <summary>Whether the limit is that of a sharpness divided by what the rule divides by.</summary>
    public static bool IsPreconditioned(IOptimizer rule) => LinearStep.HoldsSecondMoment(rule);

    /// <summary>The one rule that moves all parameters; null where several do that differ in more than their weight decay.</summary>
    public static IOptimizer? OneRule(IReadOnlyList<IOptimizer> rules)
    {
        var first = Values(rules[0]);
        return first is not null && rules.All(rule => rule.GetType() == rules[0].GetType() && first.SequenceEqual(Values(rule)!)) ? rules[0] : null;
    }

    static IEnumerable<KeyValuePair<string, object>>? Values(IOptimizer rule) =>
        OptimizerDescription.Of(rule)?.Values(rule).Where(x => x.Key != "weight_decay").OrderBy(x => x.Key, StringComparer.Ordinal);

    static double OfMean(double beta, double rate) => 2 * (1 + beta) / ((1 - beta) * rate);
}
