using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>A buffer that a rule keeps for one parameter.</summary>
/// <param name="Name">Of the state, the same for all parameters, as in <c>exp_avg</c>.</param>
/// <param name="Shape">The parameter's own, or another.</param>
public sealed record StateInfo(string Name, Shape Shape);
