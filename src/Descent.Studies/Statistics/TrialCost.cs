namespace Descent.Studies.Statistics;

/// <summary>What a step of a trial costs, by its settings.</summary>
/// <param name="BatchSize">Images.</param>
/// <param name="FlopsPerStep">Floating-point operations of the network, forward and back (three times the forward pass), without the rule's own arithmetic; null of
/// rules that evaluate other gradients beside, whose number is not stored.</param>
/// <param name="Parameters">Numbers that are trained.</param>
/// <param name="StateBytes">What the rule keeps beside parameters and gradient.</param>
public sealed record TrialCost(int BatchSize, double? FlopsPerStep, long Parameters, long StateBytes);
