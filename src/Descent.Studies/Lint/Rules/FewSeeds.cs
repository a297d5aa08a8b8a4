using Descent.Studies.Comparisons;
using Descent.Studies.Statistics.Pairs;

namespace Descent.Studies.Lint.Rules;

/// <summary>What was seen needs more seeds to be shown.</summary>
sealed class FewSeeds() : LintRule("few-seeds", Severity.Warning,
    "The seeds do not suffice for what the means suggest.",
    "Add seeds, or claim less; descent compare says how many are needed against each.")
{
    public override string? See(LintSubject subject)
    {
        int seeds = subject.Plan.Select(trial => trial.Settings.Seed).Distinct().Count();
        if (subject.Compared.Count < 2 || seeds == 1)
        {
            return null;
        }

        return subject.Results.Any(trial => trial.State == TrialState.Complete) && subject.Labels.Count > 1 ? OfResults(subject)
            : seeds == 2 ? "Two seeds give intervals that are 13 standard errors long to either side." : null;
    }

    static string? OfResults(LintSubject subject)
    {
        try
        {
            var comparison = Comparison.Of(new(subject.Name, subject.Results));
            double level = Verdict.Level / comparison.Pairs.Count;
            var open = comparison.Pairs.Where(pair => pair.Has(comparison.Verdict.Leader) && comparison.Verdict.Undecided.Contains(pair.Other(comparison.Verdict.Leader))
                && pair.Difference.Sample is { Mean: not 0, StandardDeviation: > 0 }).ToList();
            var needed = open.Select(pair => SeedPower.Needed(pair.Difference.Sample.Mean, pair.Difference.Sample.StandardDeviation!.Value, level)).ToList();
            return comparison.Verdict.Kind != VerdictKind.Undecided || needed.Count == 0 ? null
                : $"{Verdict.Names(comparison.Verdict.Undecided)} cannot be told from {comparison.Verdict.Leader.Label}; the differences that were seen would need "
                    + $"{(needed.Contains(null) ? "more than 100,000" : $"about {needed.Max()}")} seeds.";
        }
        catch (BadInputException)
        {
            // What cannot be compared claims nothing.
            return null;
        }
    }
}
