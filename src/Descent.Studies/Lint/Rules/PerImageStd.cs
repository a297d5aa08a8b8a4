using Descent.Data;
using Descent.Studies.Definition;
using Descent.Workloads;

namespace Descent.Studies.Lint.Rules;

/// <summary>A deviation that is not the pixels'.</summary>
sealed class PerImageStd() : LintRule("per-image-std", Severity.Warning,
    "0.2023, 0.1994, 0.2010 is the mean of each image's own deviation; the pixels of CIFAR-10 have 0.2470, 0.2435, 0.2616, so inputs are a fifth larger than unit variance.",
    "Compare with published results only where they use the same; the pixels' own deviation is normalization: pixel-std.")
{
    public override string? See(LintSubject subject)
    {
        var names = subject.Plan.Select(trial => trial.Settings).DistinctBy(settings => (settings.Workload, settings.Normalization)).Where(IsNormalized)
            .Select(settings => settings.Workload).Distinct().ToList();
        return names.Count == 0 ? null : $"{string.Join(", ", names)} divides by the per-image deviation.";
    }

    /// <summary>A study in the store may be of a workload that the catalog has no longer.</summary>
    static bool IsNormalized(TrialSettings settings) => (settings.Problem is not null || WorkloadCatalog.All.Any(x => x.Name == settings.Workload))
        && settings.FindWorkload().Normalization.Name == Normalization.PerImageStd.Name;
}
