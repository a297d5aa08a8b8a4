using Descent.Studies.Statistics;

namespace Descent.Studies.Lint.Rules;

/// <summary>Where the best value is the last one tried, a better one may lie beyond it.</summary>
sealed class BestAtEdge() : LintRule("best-at-edge", Severity.Warning,
    "The best setting lies on the edge of what was tried, so the optimizer may do better than was seen.",
    "Extend the values beyond that edge until the best lies inside.")
{
    public override string? See(LintSubject subject)
    {
        var chosenBy = HeldOut.Of(subject.Results);
        var edges = StudySummary.From(subject.Results).Settings.GroupBy(setting => setting.Optimizer)
            .SelectMany(label => EdgesOf([.. label], chosenBy).Select(edge => $"{label.Key}: {edge}")).ToList();
        return edges.Count == 0 ? null : $"{string.Join("; ", edges.Take(4))}{(edges.Count > 4 ? $"; and {edges.Count - 4} more" : "")}.";
    }

    /// <summary>Of a full grid alone: the points of a search have an extreme one by chance.</summary>
    static IEnumerable<string> EdgesOf(IReadOnlyList<SettingSummary> settings, HeldOut chosenBy)
    {
        var scored = settings.Select(setting => (setting, Sample: chosenBy.FinalAccuracy(setting.Trials))).Where(x => x.Sample.Count > 0).ToList();
        var axes = settings[0].Settings.Select(one => (one.Name, Values: settings.Select(x => x.Settings.FirstOrDefault(y => y.Name == one.Name)?.Value).Distinct()
            .Select(TrialKeys.Number).OfType<double>().Order().ToList())).Where(axis => axis.Values.Count > 1).ToList();
        if (scored.Count < 2 || axes.Aggregate(1L, (product, axis) => product * axis.Values.Count) != settings.Count)
        {
            yield break;
        }

        var best = scored.MaxBy(x => x.Sample.Mean).setting;
        foreach (var (name, values) in axes)
        {
            double value = TrialKeys.Number(best.Settings.First(x => x.Name == name).Value)!.Value;
            // A decay or a momentum of 0 has nothing below it.
            bool isLowest = value == values[0] && value > 0, isHighest = value == values[^1];
            if (isLowest || isHighest)
            {
                yield return $"{name} {best.Settings.First(x => x.Name == name).Value} is the {(isLowest ? "smallest" : "largest")} of {values.Count}";
            }
        }
    }
}
