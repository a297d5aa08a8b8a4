using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>How much rules remember.</summary>
public static class OptimizerMemory
{
    // Between first layer and head, as most weights are.
    static readonly ParameterInfo usual = new("weight", new Shape(512, 512), ParameterTraits.Weight);

    /// <summary>Numbers in the state of these parameters.</summary>
    public static long StateNumbers(IOptimizer optimizer, IReadOnlyList<ParameterInfo> parameters) =>
        RulePlacement.Of(optimizer, parameters, []).SelectMany(x => x.All)
            .Sum(x => x.Slots.Sum(i => x.Rule.StatesOf(parameters[i]).Sum(state => (long)state.Shape.Count)));

    /// <summary>Numbers in the state for each number of a weight [512, 512]; what a rule keeps by rows or by pairs of rows depends on the
    /// shape.</summary>
    public static double StateNumbersPerParameter(IOptimizer optimizer) => StateNumbers(optimizer, [usual]) / (double)usual.Shape.Count;
}
