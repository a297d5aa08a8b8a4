using Descent.Optimizers;

namespace Descent.Analysis;

/// <summary>Where a rule is stable on a quadratic: the spectral radius of its step over learning rate times curvature, and over its momentum.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="MomentumName">The hyperparameter that is varied; null for a rule without, which has one row.</param>
/// <param name="HoldsSecondMoment">Whether curvatures count in units of the root of a second moment that is held.</param>
/// <param name="RatesTimesCurvature">η·h, rising.</param>
/// <param name="Momenta">Rising.</param>
/// <param name="Radii">A row for each momentum.</param>
public sealed record StabilityMap(string Rule, string? MomentumName, bool HoldsSecondMoment, IReadOnlyList<double> RatesTimesCurvature,
    IReadOnlyList<double> Momenta, IReadOnlyList<IReadOnlyList<double>> Radii)
{
    const double Most = 1e6, Rounding = 1e-9, First = 1e-3;
    const int Bisections = 60;

    static readonly string[] momentumNames = ["momentum", "beta1"];

    /// <summary>Where each row ceases to be stable; infinite where nothing below a million does.</summary>
    public IReadOnlyList<double> Limits { get; init; } = [];

    /// <summary>What theory says of the limits; null where no closed form is known.</summary>
    public IReadOnlyList<double?> ClosedForms { get; init; } = [];

    /// <param name="columns">How many η·h between 0 and <paramref name="largest"/>.</param>
    /// <param name="largest">The largest η·h; null leaves room beyond the limits.</param>
    /// <exception cref="BadInputException">The rule's step is no linear map on a quadratic.</exception>
    public static StabilityMap Of(IOptimizer optimizer, IReadOnlyList<double> momenta, int columns, double? largest = null)
    {
        var rule = OptimizerDescription.Of(optimizer) ?? throw new ArgumentException("The rule must be of a catalog.");
        string? name = NameOfMomentum(optimizer);
        momenta = name is null ? [0] : [.. momenta.Where(x => Accepts(optimizer, name, x))];
        List<IOptimizer> rows = name is null ? [optimizer] : [.. momenta.Select(x => With(optimizer, name, x))];
        double[] limits = [.. rows.Select(Limit)];
        double end = largest ?? (1.15 * limits.Where(double.IsFinite).DefaultIfEmpty(2).Max());
        double[] rates = [.. Enumerable.Range(1, columns).Select(i => end * i / columns)];
        return new(rule.Name, name, LinearStep.HoldsSecondMoment(optimizer), rates, momenta,
            [.. rows.Select(row => (IReadOnlyList<double>)[.. rates.Select(x => LinearStep.SpectralRadius(row, x))])])
        {
            Limits = limits,
            ClosedForms = [.. rows.Select(ClosedForm)],
        };
    }

    /// <summary>The name of the hyperparameter that is the rule's momentum; null for a rule without.</summary>
    public static string? NameOfMomentum(IOptimizer optimizer) => OptimizerDescription.Of(optimizer)!.Hyperparameters.Select(x => x.Name)
        .FirstOrDefault(momentumNames.Contains);

    /// <summary>The η·h up to which the rule is stable, from 0 on.</summary>
    public static double Limit(IOptimizer optimizer)
    {
        double stable = 0, unstable = First;
        while (LinearStep.SpectralRadius(optimizer, unstable) <= 1 + Rounding)
        {
            (stable, unstable) = (unstable, 1.1 * unstable);
            if (unstable > Most)
            {
                return double.PositiveInfinity;
            }
        }

        for (int i = 0; i < Bisections; i++)
        {
            double middle = (stable + unstable) / 2;
            bool isStable = LinearStep.SpectralRadius(optimizer, middle) <= 1 + Rounding;
            (stable, unstable) = isStable ? (middle, unstable) : (stable, middle);
        }

        return stable;
    }

    /// <summary>The limit by theory: gradient descent 2, heavy ball 2(1 + β)/(1 − dampening), PyTorch's Nesterov 2(1 + β)/(1 + 2β) in either form, the notebook's Nesterov
    /// (1 − β)/β from β = 0.28 on, at a held second moment RMSprop 2 and Adam 2(1 + β₁)/(1 − β₁); null for others, and with weight decay.</summary>
    public static double? ClosedForm(IOptimizer optimizer) => optimizer switch
    {
        Sgd { WeightDecay: 0, Nesterov: true } x => 2 * (1 + x.Momentum) / (1 + (2 * x.Momentum)),
        Sgd { WeightDecay: 0 } x => 2 * (1 + x.Momentum) / (x.Momentum > 0 ? 1 - x.Dampening : 1),
        NesterovLookahead { WeightDecay: 0 } x => 2 * (1 + x.Momentum) / (1 + (2 * x.Momentum)),
        NesterovSeed002 { WeightDecay: 0 } x => Math.Min((1 - x.Momentum) / x.Momentum, 2 * (1 + x.Momentum) / (1 - x.Momentum)),
        RmsProp { WeightDecay: 0, Centered: false } x => 2 * (1 + x.Momentum),
        Adam { WeightDecay: 0 } x => 2 * (1 + x.Beta1) / (1 - x.Beta1),
        Amsgrad { WeightDecay: 0 } x => 2 * (1 + x.Beta1) / (1 - x.Beta1),
        AdamW { WeightDecay: 0 } x => 2 * (1 + x.Beta1) / (1 - x.Beta1),
        _ => null,
    };

    /// <summary>The largest |eigenvalue| of a step at this η·h.</summary>
    /// <exception cref="BadInputException">The rule's step is no linear map on a quadratic.</exception>
    public static double RadiusOf(IOptimizer optimizer, double rateTimesCurvature) => LinearStep.SpectralRadius(optimizer, rateTimesCurvature);

    /// <summary>Nesterov's form has no momentum of 0.</summary>
    static bool Accepts(IOptimizer optimizer, string name, double value)
    {
        try
        {
            _ = With(optimizer, name, value);
            return true;
        }
        catch (BadInputException)
        {
            return false;
        }
    }

    static IOptimizer With(IOptimizer optimizer, string name, double value)
    {
        var rule = OptimizerDescription.Of(optimizer)!;
        var values = rule.Values(optimizer).ToDictionary(x => x.Key, x => x.Value);
        values[name] = value;
        return rule.Create(values);
    }
}
