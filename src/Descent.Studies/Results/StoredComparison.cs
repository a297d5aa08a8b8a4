using Descent.Studies.Comparisons;
using Descent.Studies.Definition;
using Descent.Studies.Lint;
using Descent.Studies.Storage;

namespace Descent.Studies.Results;

/// <summary>The comparison of a stored study, and its confounds.</summary>
public static class StoredComparison
{
    /// <summary>What a study asks to compare: its own trials, or, where another study has chosen its settings, with the trials of that.</summary>
    /// <exception cref="BadInputException">The study that has chosen the settings is not in the store.</exception>
    public static ComparisonRequest Request(IStudyStore store, StoredStudy study)
    {
        var (trials, facts) = (StoredResults.Trials(store, study), StudyFacts.Of(study));
        if (facts.TunedBy is null)
        {
            return new(study.Name, trials) { Target = study.Target, TargetSplit = facts.TargetSplit };
        }

        var tuning = store.Study(facts.TunedBy) ?? throw new BadInputException($"{study.Name} was tuned by {facts.TunedBy}, which {store.Location} does not have.");
        var labels = trials.Select(trial => trial.Optimizer).ToHashSet();
        return new(study.Name, [.. StoredResults.Trials(store, tuning).Where(trial => labels.Contains(trial.Optimizer))])
        {
            Finals = trials,
            Target = study.Target,
            TargetSplit = facts.TargetSplit,
        };
    }

    /// <summary>What the plan and the results of a study show.</summary>
    public static IReadOnlyList<Finding> Findings(IStudyStore store, StoredStudy study)
    {
        var facts = StudyFacts.Of(study);
        return LintCatalog.Check(new(study.Name, [.. store.Trials(study.Name).Select(x => new PlannedTrial(x.Label, x.Told, x.Trial.Settings))])
        {
            Results = StoredResults.Trials(store, study),
            IsTuned = facts.TunedBy is not null,
            TuningSeeds = facts.TunedBy is null ? [] : [.. store.Trials(facts.TunedBy).Select(x => x.Trial.Settings.Seed).Distinct()],
            Waivers = facts.Waivers,
        });
    }

    /// <summary>What the plan of a study shows before it has run.</summary>
    public static IReadOnlyList<Finding> Findings(StudyDefinition study) => LintCatalog.Check(new(study.Name, study.Expand())
    {
        IsTuned = study.TunedBy is not null,
        Waivers = study.Waivers,
    });

    /// <summary>The page of a study with at least two optimizers: its comparison, or why there is none; then the confounds.</summary>
    public static IReadOnlyList<PageSection> Page(IStudyStore store, StoredStudy study)
    {
        var confounds = Comparisons.Sections.ConfoundsSection.Of(Findings(store, study));
        if (store.Trials(study.Name).Select(x => x.Label).Distinct().Take(2).Count() < 2)
        {
            return [confounds];
        }

        try
        {
            return [.. ComparisonPage.Of(Comparison.Of(Request(store, study))), confounds];
        }
        catch (BadInputException impossible)
        {
            return [new("Verdict", impossible.Message), confounds];
        }
    }
}
