namespace Descent.Studies.Lint.Rules;

/// <summary>A test part that chooses is no test.</summary>
sealed class SelectionOnTest() : LintRule("selection-on-test", Severity.Error,
    "Settings are chosen by the images that then tell the accuracy, which makes the chosen ones look better than they are.",
    "Set images apart: validation: 5000.")
{
    public override string? See(LintSubject subject) => !subject.Chooses || subject.Plan.Any(trial => trial.Settings.ValidationCount > 0) ? null
        : $"{subject.Labels.Max(label => label.SettingCount)} settings of an optimizer stand side by side, and there are no validation images to choose by.";
}
