using Descent.Optimizers;

namespace Descent.Analysis;

/// <summary>The sharpness above which a rule's steps grow on a quadratic, from its closed form.</summary>
/// <remarks>Gradient descent 2/η; heavy ball 2·(1+β)/η; Nesterov in PyTorch's form 2·(1+β)/((1+2β)·η); rules that divide by a diagonal have the limit of their momentum for the
/// preconditioned Hessian: of Adam's, a mean of gradients, (2+2β₁)/((1−β₁)·η), 38/η by default (Cohen et al., arXiv:2103.00065 and arXiv:2207.14484).</remarks>
public static class StabilityLimit
{
    /// <summary>Null for a rule whose limit has no closed form here.</summary>
    public static double? Of(IOptimizer rule) => rule switch
    {
        Sgd { Nesterov: true } x => 2 * (1 + x.Momentum) / ((1 + (2 * x.Momentum)) * x.LearningRate),
        Sgd x => 2 * (1 + x.Momentum) / ((1 - x.Dampening) * x.LearningRate),
        Adam x => OfMean(x.Beta1, x.LearningRate),
        AdamW x => OfMean(x.Beta1, x.LearningRate),
        Amsgrad x => OfMean(x.Beta1, x.LearningRate),
        RmsProp x => 2 * (1 + x.Momentum) / x.LearningRate,
        _ => null,
    };

    static double OfMean(double beta, double rate) => 2 * (1 + beta) / ((1 - beta) * rate);
}
