namespace Descent.Studies.Lint.Rules;

/// <summary>Who looks at the test part after every epoch will choose by it.</summary>
sealed class NoValidation() : LintRule("no-validation", Severity.Warning,
    "Without validation images, every decision that is taken on these results is taken on the test part.",
    "Set images apart: validation: 5000; or take settings from another study: tuned_by: its-name.")
{
    public override string? See(LintSubject subject) => subject.IsTuned || subject.Labels.Count < 2 || subject.Chooses
        || subject.Plan.Any(trial => trial.Settings.ValidationCount > 0) ? null : $"{subject.Labels.Count} optimizers are compared by the test part alone.";
}
