namespace Descent.Studies.Lint.Rules;

/// <summary>The best of several settings was lucky, too.</summary>
sealed class ComparedSeedsChoose() : LintRule("compared-seeds-choose", Severity.Warning,
    "The seeds that choose a setting are the seeds that are compared, so the luck of the chosen one counts as its merit.",
    "Run the chosen settings at new seeds in a study with tuned_by: this-study.")
{
    public override string? See(LintSubject subject)
    {
        var seeds = subject.Plan.Select(trial => trial.Settings.Seed).Intersect(subject.TuningSeeds).Order().ToList();
        return seeds.Count > 0 ? $"Seeds {string.Join(", ", seeds)} have chosen the settings already."
            : subject.Chooses ? $"One of {subject.Labels.Max(label => label.SettingCount)} settings is chosen by the seeds {Seeds(subject)}." : null;
    }

    static string Seeds(LintSubject subject) => string.Join(", ", subject.Plan.Select(trial => trial.Settings.Seed).Distinct().Order().Take(5));
}
