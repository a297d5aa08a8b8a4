using Descent.Studies.Statistics;

namespace Descent.Studies.Comparisons;

/// <summary>What is to be compared.</summary>
/// <param name="Study">Its name, for messages.</param>
/// <param name="Tuning">The trials by which each optimizer's setting is chosen.</param>
public sealed record ComparisonRequest(string Study, IReadOnlyList<TrialResult> Tuning)
{
    /// <summary>The difference of accuracies that matters to who asks, as a fraction: one percent point.</summary>
    public const double UsualDelta = 0.01;

    /// <summary>Trials of the chosen settings at seeds of their own; null where the trials that chose are compared themselves.</summary>
    public IReadOnlyList<TrialResult>? Finals { get; init; }

    /// <summary>Accuracy to reach; null for none.</summary>
    public double? Target { get; init; }

    /// <summary>By which images the target is told.</summary>
    public HeldOut TargetSplit { get; init; } = HeldOut.Test;

    /// <summary>Differences of accuracy smaller than this do not matter, as a fraction.</summary>
    public double Delta { get; init; } = UsualDelta;
}
