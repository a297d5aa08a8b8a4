using Descent.Formats;
using Descent.Models;
using Descent.Optimizers;

namespace Descent.Analysis;

/// <summary>The diagonal that an adaptive rule divides its step by.</summary>
public static class Preconditioner
{
    /// <summary>√v + ε of Adam, AdamW, AMSGrad, NAdam in three of its forms, and RMSprop without centering, for given second moments v; null for another rule.</summary>
    public static double[]? OfMoments(IOptimizer rule, IReadOnlyList<double> moments) => rule switch
    {
        Adam x => Roots(moments, x.Epsilon),
        AdamW x => Roots(moments, x.Epsilon),
        Amsgrad x => Roots(moments, x.Epsilon),
        NAdam x => Roots(moments, x.Epsilon),
        NAdamW x => Roots(moments, x.Epsilon),
        NAdamOptax x => Roots(moments, x.Epsilon),
        RmsProp { Centered: false } x => Roots(moments, x.Epsilon),
        _ => null,
    };

    /// <summary>The same from the state in a checkpoint, bias corrected where the rule does so; null also where the arrays hold no state.</summary>
    /// <param name="arrays">Of a checkpoint: <c>optimizer.exp_avg_sq.fc1.weight</c>.</param>
    /// <param name="steps">Steps that the rule has taken; at least 1.</param>
    /// <returns>As long as the model's parameters, in their order in memory.</returns>
    public static double[]? Diagonal(IOptimizer rule, Model model, IReadOnlyList<NamedArray> arrays, long steps)
    {
        if (!IsKnown(rule))
        {
            return null;
        }

        var (state, correction, _) = Of(rule, steps);
        return Moments(state, model, arrays) is { } moments ? OfMoments(rule, [.. moments.Select(x => x / correction)]) : null;
    }

    /// <summary>Whether what the rule divides by is known here.</summary>
    public static bool IsKnown(IOptimizer rule) => OfMoments(rule, []) is not null;

    /// <summary>Of a rule that is known: the name of its second moments, what they are divided by before the root is taken, and ε.</summary>
    internal static (string State, double Correction, double Epsilon) Of(IOptimizer rule, long steps) => rule switch
    {
        Adam x => ("exp_avg_sq", 1 - Math.Pow(x.Beta2, steps), x.Epsilon),
        AdamW x => ("exp_avg_sq", 1 - Math.Pow(x.Beta2, steps), x.Epsilon),
        Amsgrad x => ("max_exp_avg_sq", 1 - Math.Pow(x.Beta2, steps), x.Epsilon),
        NAdam x => ("exp_avg_sq", 1 - Math.Pow(x.Beta2, steps), x.Epsilon),
        NAdamW x => ("exp_avg_sq", 1 - Math.Pow(x.Beta2, steps), x.Epsilon),
        NAdamOptax x => ("exp_avg_sq", 1 - Math.Pow(x.Beta2, steps), x.Epsilon),
        RmsProp x => ("square_avg", 1, x.Epsilon),
        _ => throw new ArgumentException("What the rule divides by is not known."),
    };

    static double[] Roots(IReadOnlyList<double> moments, double epsilon) => [.. moments.Select(x => Math.Sqrt(x) + epsilon)];

    static double[]? Moments(string state, Model model, IReadOnlyList<NamedArray> arrays)
    {
        double[] all = new double[model.Parameters.Sum(x => x.Shape.Count)];
        int start = 0;
        foreach (var parameter in model.Parameters)
        {
            string name = $"{WeightsFile.StatePrefix}{state}.{parameter.Name}";
            if (arrays.FirstOrDefault(array => array.Name == name) is not { } array || array.Count != parameter.Shape.Count)
            {
                return null;
            }

            PyTorchLayout.FromPyTorch(parameter, array.ConvertedTo<double>().Values<double>(), all.AsSpan(start, array.Count));
            start += array.Count;
        }

        return all;
    }
}
