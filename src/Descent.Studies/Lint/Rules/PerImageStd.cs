using Descent.Data;
using Descent.Workloads;

namespace Descent.Studies.Lint.Rules;

/// <summary>A deviation that is not the pixels'.</summary>
sealed class PerImageStd() : LintRule("per-image-std", Severity.Warning,
    "0.2023, 0.1994, 0.2010 is the mean of each image's own deviation; the pixels of CIFAR-10 have 0.2470, 0.2435, 0.2616, so inputs are a fifth larger than unit variance.",
    "Compare with published results only where they use the same; workloads without it are cifar10-cnn and cifar10-fc.")
{
    public override string? See(LintSubject subject)
    {
        var names = subject.Plan.Select(trial => trial.Settings.Workload).Distinct()
            .Where(name => WorkloadCatalog.All.FirstOrDefault(x => x.Name == name) is { } workload && workload.Normalization.Name == Normalization.PerImageStd.Name).ToList();
        return names.Count == 0 ? null : $"{string.Join(", ", names)} divides by the per-image deviation.";
    }
}
