using Descent.Optimizers;

namespace Descent.Analysis;

/// <summary>What a rule divides its step by, which makes the step nonlinear: held where the step is looked at as a linear map.</summary>
static class HeldMoments
{
    // Near enough to 1 that a step does not move them, however long the gradient.
    const double NearlyOne = 1 - 1e-12;

    static readonly string[] usual = ["exp_avg_sq", "square_avg"];
    static readonly string[] keptFractions = ["beta2", "alpha", "rho"];

    /// <summary>The names of the states; none for a rule that divides by nothing.</summary>
    public static IReadOnlyList<string> Of(IOptimizer rule) => rule switch
    {
        Amsgrad => ["exp_avg_sq", "max_exp_avg_sq"],
        AmsgradOptax => ["nu", "nu_max"],
        AmsgradPaper => ["v", "largest_v"],
        AdamKeras or RmsPropKeras => ["velocity"],
        AdaBelief => ["exp_avg_var"],
        Adamax => ["exp_inf"],
        _ => [.. rule.States.Where(usual.Contains)],
    };

    /// <summary>The same rule with moments that do not move.</summary>
    /// <exception cref="BadInputException">What it divides by grows without end.</exception>
    public static IOptimizer Hold(IOptimizer rule, OptimizerDescription description)
    {
        if (rule is Adagrad or AdagradKeras)
        {
            throw new BadInputException($"{description.Name}'s steps shrink as the sum of squares that it divides by grows, so it has no limit that lasts.");
        }

        if (Of(rule).Count == 0)
        {
            return rule;
        }

        var values = description.Values(rule).ToDictionary();
        foreach (string kept in keptFractions.Where(values.ContainsKey))
        {
            values[kept] = NearlyOne;
        }

        return description.Create(values);
    }
}
