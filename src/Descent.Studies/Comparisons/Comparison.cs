using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Survival;

namespace Descent.Studies.Comparisons;

/// <summary>Which optimizer is better on one workload, and how well that is known. What is compared is the test accuracy after the last step; settings are
/// chosen by other images where the study sets some apart.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="ChosenBy">The images by which settings were chosen.</param>
/// <param name="Ranking">The highest mean of the compared accuracy first; optimizers without a complete seed are in <paramref name="Left"/>.</param>
/// <param name="Left">Optimizers that cannot be ranked.</param>
/// <param name="Pairs">All pairs of the ranked.</param>
/// <param name="Verdict">The answer in a sentence.</param>
public sealed record Comparison(
    ComparisonRequest Request, HeldOut ChosenBy, IReadOnlyList<ComparedOptimizer> Ranking, IReadOnlyList<ComparedOptimizer> Left,
    IReadOnlyList<ComparedPair> Pairs, Verdict Verdict)
{
    /// <summary>What is compared.</summary>
    public ComparedMetric Metric { get; } = ComparedMetric.Of(Request.Tuning);

    /// <summary>Of all optimizers, ranked or not; empty without a target.</summary>
    public IReadOnlyList<TimeToTarget> Times(Clock clock) =>
        Request.Target is { } target ? TimeToTarget.Of([.. Ranking, .. Left], clock, target, Request.TargetSplit) : [];

    /// <summary>Of each optimizer.</summary>
    public IReadOnlyList<TuningCost> Tuning => [.. Ranking.Concat(Left).Select(x => TuningCost.Of(x.Label, x.Candidates, ChosenBy, Request.Delta))];

    /// <summary>Of each optimizer.</summary>
    public IReadOnlyList<StepCost> Costs => [.. Ranking.Concat(Left).Select(StepCost.Of)];

    /// <exception cref="BadInputException">There is nothing to compare: one optimizer, one seed, nothing complete, accuracies that are not
    /// numbers.</exception>
    public static Comparison Of(ComparisonRequest request)
    {
        string study = request.Study;
        var chosenBy = HeldOut.Of(request.Tuning);
        var finals = request.Finals ?? request.Tuning;
        RequireNumbers(study, [.. request.Tuning.Concat(finals)], chosenBy);
        var labels = request.Tuning.Select(trial => trial.Optimizer).Distinct().ToList();
        if (labels.Count < 2)
        {
            throw new BadInputException($"{study} compares nothing: {(labels.Count == 0 ? "it has no trials" : $"its only optimizer is {labels[0]}")}; "
                + "a comparison needs two optimizers, or two labels of one.");
        }

        var summary = StudySummary.From(request.Tuning);
        var optimizers = labels.Select(label => Choose(label, [.. summary.Settings.Where(setting => setting.Optimizer == label)], request.Finals, chosenBy)).ToList();
        var ranking = optimizers.Where(x => x.Sample.Count > 0).OrderByDescending(x => x.Sample.Mean).ToList();
        RequireSeeds(study, ranking, finals);
        var pairs = ComparedPair.Of(ranking);
        var verdict = Verdict.Of(ranking, [.. optimizers.Except(ranking)], pairs, request.Delta);
        return new(request, chosenBy, ranking, [.. optimizers.Except(ranking)], pairs, verdict);
    }

    static ComparedOptimizer Choose(string label, IReadOnlyList<SettingSummary> candidates, IReadOnlyList<TrialResult>? finals, HeldOut chosenBy)
    {
        var chosen = SettingChoice.Best(candidates, chosenBy);
        IReadOnlyList<TrialResult> compared = finals is null ? chosen.Trials : [.. finals.Where(trial => trial.Optimizer == label)];
        var values = compared.Select(trial => (trial.Seed, Value: HeldOut.Test.FinalAccuracy(trial))).Where(x => x.Value is not null)
            .ToDictionary(x => x.Seed, x => x.Value!.Value);
        return new(label, candidates, chosen, compared, ComparedMetric.Of(candidates.SelectMany(setting => setting.Trials)), values);
    }

    static void RequireNumbers(string study, IReadOnlyList<TrialResult> trials, HeldOut chosenBy)
    {
        foreach (var trial in trials.Where(trial => trial.State == TrialState.Complete))
        {
            foreach (var part in new[] { HeldOut.Test, chosenBy }.Distinct().Where(part => part.FinalAccuracy(trial) is null))
            {
                throw new BadInputException($"{study} cannot be compared: {trial.Optimizer} seed {trial.Seed} ({SummaryText.ShortId(trial)}) is complete, but its final "
                    + $"{part.Split} {trial.Metric} is not a number.");
            }
        }
    }

    static void RequireSeeds(string study, List<ComparedOptimizer> ranking, IReadOnlyList<TrialResult> finals)
    {
        if (ranking.Count == 0)
        {
            string ended = finals.Any(trial => trial.State == TrialState.Diverged) && finals.All(trial => trial.IsResult) ? "every trial diverged" : "no trial is complete yet";
            throw new BadInputException($"{study} cannot be compared: {ended}{(ended[0] == 'n' ? $"; run it on with the command that began it" : "")}.");
        }

        if (finals.Select(trial => trial.Seed).Distinct().Count() < 2)
        {
            throw new BadInputException($"{study} cannot be compared: it has one seed, {finals[0].Seed}, and one seed says nothing of the spread; "
                + "run it with --seeds 0,1,2 or more.");
        }

        if (ranking.Count < 2 || !ranking.Any(x => ranking.Any(y => x != y && x.Values.Keys.Intersect(y.Values.Keys).Take(2).Count() == 2)))
        {
            throw new BadInputException($"{study} cannot be compared: no two of its optimizers have two complete seeds in common.");
        }
    }
}
