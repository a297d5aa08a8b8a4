using Descent.Optimizers;
using Descent.Studies.Definition;
using Descent.Studies.Running;

namespace Descent.Studies.Lint.Rules;

/// <summary>Muon hands first and last layers on, and a net of two layers has no others.</summary>
sealed class RuleMovesNothing() : LintRule("rule-moves-nothing", Severity.Warning,
    "The optimizer hands every parameter of the model to another rule: what is compared under its name is the other one.",
    "Take a model with layers between the first and the last, or leave the optimizer out.")
{
    public override string? See(LintSubject subject)
    {
        var seen = subject.Labels.SelectMany(label => label.Trials.Select(trial => trial.Settings).DistinctBy(x => (x.Workload, Model: string.Join(' ', x.Model)))
            .Select(settings => (label.Name, settings.Workload, By: Others(settings)))).Where(x => x.By is not null).ToList();
        return seen.Count == 0 ? null : $"{string.Join("; ", seen.Take(4).Select(x => $"{x.Name} moves nothing of {x.Workload}, {x.By} moves all"))}.";
    }

    /// <summary>The rules that move the model in the optimizer's place; null where it moves something itself, or comes from an assembly that is not here.</summary>
    static string? Others(TrialSettings trial)
    {
        if (!OptimizerCatalog.Default.Optimizers.Any(rule => rule.Name == trial.Optimizer.Split('+')[^1]))
        {
            return null;
        }

        var settings = WorkloadTrainings.Settings(trial);
        var shares = RuleShare.Of(settings.Optimizer, settings.Model.Parameters, settings.ParameterGroups);
        return RuleShare.IsElsewhere(settings.Optimizer, shares) ? string.Join(" and ", shares.Select(share => share.Rule)) : null;
    }
}
