using Descent.App.Options;
using Descent.Optimizers;
using Descent.Studies.Definition;

namespace Descent.App.Commands;

/// <summary>What <c>train</c> is asked to do: the one trial of a study of one optimizer and one seed, so that equal settings give equal
/// bits in both.</summary>
static class TrainPlan
{
    const string Source = "descent train";

    /// <summary>Keys of a study that are not the optimizer's and have no option of their own.</summary>
    static readonly string[] studyKeys =
    [
        "augmentation", "checkpoints", "clip", "clip_norm", "evaluate", "exact", "final_checkpoint", "gauges", "groups", "init", "init_except_head", "non_finite", "normalization", "physical_batch", "split_seed",
        "validation", .. StudySchedules.Keys,
    ];

    /// <exception cref="BadInputException">A name is unknown, a value is wrong, or two contradict each other.</exception>
    public static StudyDefinition Read(Invocation invocation, string workload, TrainingOptions options, OptimizerCatalog optimizers)
    {
        var shared = invocation.Shared;
        string optimizer = invocation.Get(shared.Optimizer)
            ?? throw new BadInputException("descent train needs --optimizer, as in --optimizer adamw. See: descent list optimizers");
        if (invocation.Get(shared.Epochs) is not null && invocation.Get(shared.Steps) is not null)
        {
            throw new BadInputException("descent train has a budget of --epochs or of --steps, not both.");
        }

        List<StudyOverride> overrides =
        [
            new("workload", StudyKeys.Quoted(WorkloadReader.IsFile(workload) ? invocation.Terminal.FullPath(workload) : workload), Source),
            new("optimizers", $"[{StudyKeys.Quoted(optimizer)}]", $"--optimizer {optimizer}"),
            new("seeds", $"[{invocation.Get(shared.Seed) ?? 0}]", "--seed"),
        ];
        overrides.AddRange(StudyKeys.Overrides(invocation));
        AddText("order", invocation.Get(options.Order), "--order");
        AddText("initialization", invocation.Get(options.Initialization), "--initialization");
        AddText("data", invocation.Get(options.Data), "--data");
        overrides.AddRange((invocation.Get(shared.Set) ?? []).Select(StudyOverride.FromSet).Select(OfTheOptimizer));
        var study = StudyFile.Parse("name: train\n", Source, overrides, optimizers);
        int trials = study.Expand().Count;
        return trials == 1 ? study
            : throw new BadInputException(
                $"descent train trains one model, these values make {trials}. A study of several is for: descent run");

        void AddText(string key, string? value, string option)
        {
            if (value is not null)
            {
                overrides.Add(new(key, StudyKeys.Quoted(value), $"{option} {value}"));
            }
        }
    }

    static StudyOverride OfTheOptimizer(StudyOverride one) =>
        one.Key.Contains('.') || studyKeys.Contains(one.Key) ? one : one with { Key = $"optimizer.{one.Key}" };
}
