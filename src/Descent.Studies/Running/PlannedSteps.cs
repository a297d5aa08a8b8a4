using Descent.Data;
using Descent.Studies.Definition;

namespace Descent.Studies.Running;

/// <summary>How some trials of a study take their steps.</summary>
/// <param name="BatchSize">Images a step.</param>
/// <param name="PhysicalBatch">Images that are worked on at a time.</param>
/// <param name="BatchesPerEpoch">The last may be smaller.</param>
/// <param name="Steps">Of a trial.</param>
/// <param name="Trials">That have these.</param>
public sealed record PlannedSteps(int BatchSize, int PhysicalBatch, long BatchesPerEpoch, long Steps, int Trials)
{
    /// <summary>Each kind once, the smallest batch first.</summary>
    internal static IReadOnlyList<PlannedSteps> Of(IReadOnlyList<PlannedTrial> trials, int images) => [.. trials.Select(trial => Of(trial.Settings, images))
        .GroupBy(one => one).Select(same => same.Key with { Trials = same.Count() }).OrderBy(one => one.BatchSize).ThenBy(one => one.Steps)];

    internal static PlannedSteps Of(TrialSettings trial, int images)
    {
        long batches = BatchOrder.CountBatches(WorkloadTrainings.Order(trial.Order), images, trial.BatchSize);
        return new(trial.BatchSize, trial.PhysicalBatch ?? trial.BatchSize, batches, trial.Steps ?? (trial.Epochs!.Value * batches), 1);
    }
}
