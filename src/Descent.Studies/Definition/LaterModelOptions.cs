using Descent.Studies.Statistics;
using Descent.Workloads;

namespace Descent.Studies.Definition;

/// <summary>Options of a workload's model that came after trials of it were stored (<see cref="ModelOption.IsLater"/>): at their default they stand in no canonical text.</summary>
public static class LaterModelOptions
{
    /// <summary>The options of a trial's model without those that came later and say "as before".</summary>
    public static IReadOnlyList<Setting> LeaveOut(TrialSettings trial) =>
        [.. trial.Model.Where(one => !Of(trial).Any(later => later.Name == one.Name && later.Default == one.Value))];

    /// <summary>The same settings with all options of the model, as they were before they were written.</summary>
    public static TrialSettings FillIn(TrialSettings trial) =>
        trial with { Model = [.. trial.Model, .. Of(trial).Where(later => trial.Model.All(one => one.Name != later.Name)).Select(later => new Setting(later.Name, later.Default))] };

    // The workload's own order is kept, since its later options stand last. A stored trial may be of a workload that the catalog has no longer.
    static IEnumerable<ModelOption> Of(TrialSettings trial) => trial.Problem is not null ? []
        : WorkloadCatalog.All.FirstOrDefault(workload => workload.Name == trial.Workload)?.ModelOptions.Where(option => option.IsLater) ?? [];
}
