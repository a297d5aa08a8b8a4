using Descent.Studies.Lint.Rules;

namespace Descent.Studies.Lint;

/// <summary>The confounds that Descent looks for, and those that it rules out by its construction.</summary>
public static class LintCatalog
{
    public static IReadOnlyList<LintRule> All { get; } =
    [
        new UnequalTrials(), new OneLearningRate(), new OneGrid(), new BestAtEdge(), new SelectionOnTest(), new NoValidation(), new ComparedSeedsChoose(),
        new UnequalSteps(), new DecayDiffers(), new RuleMovesNothing(), new OneSeed(), new FewSeeds(), new UnpairedStreams(), new PerImageStd(), new Incomplete(), new MixedCode(),
        new MixedMachines(), new SharedMachine(),
    ];

    /// <summary>Confounds of other laboratories that no study here can have, with what rules them out.</summary>
    public static IReadOnlyList<(string Code, string Why)> RuledOut { get; } =
    [
        ("augmented-validation", "Validation and test images are never augmented."),
        ("shared-generator", "Every stream of random numbers is a function of seed, purpose and index: no trial draws from another's."),
        ("population-std", "Every standard deviation divides by n − 1."),
        ("missed-target-as-last-epoch", "A missed target is censored, a diverged trial competes; no number takes their place."),
        ("batch-norm-mode", "Analyses of curvature run batch norm in one stated mode, and their output names it."),
        ("last-batch-weight", "Losses and accuracies are means over images, not over batches."),
    ];

    /// <summary>All that the study shows, errors first.</summary>
    public static IReadOnlyList<Finding> Check(LintSubject subject) =>
    [
        .. All.Select(rule => (rule, Seen: rule.See(subject))).Where(x => x.Seen is not null)
            .Select(x => new Finding(x.rule, x.Seen!, subject.Waivers.FirstOrDefault(waiver => waiver.Code == x.rule.Code)?.Why))
            .OrderBy(finding => finding.IsWaived).ThenByDescending(finding => finding.Rule.Severity),
    ];

    /// <exception cref="BadInputException">There is no such code; the message suggests the nearest.</exception>
    public static LintRule Find(string code) => All.FirstOrDefault(rule => rule.Code == code)
        ?? throw new BadInputException($"There is no confound \"{code}\".{NearestName.Hint(code, All.Select(rule => rule.Code))}");
}
