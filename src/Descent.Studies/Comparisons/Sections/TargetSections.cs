using Descent.Studies.Charts;
using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Intervals;
using Descent.Studies.Statistics.Survival;

namespace Descent.Studies.Comparisons.Sections;

/// <summary>The time to the target on every clock.</summary>
static class TargetSections
{
    public static IEnumerable<PageSection> Of(Comparison comparison)
    {
        if (comparison.Request.Target is not { } target)
        {
            yield break;
        }

        string goal = Numbers.Percent(target, 2).Replace(".00", "", StringComparison.Ordinal);
        var steps = comparison.Times(Clock.Steps);
        if (steps.All(x => x.Reached == 0))
        {
            yield return new($"Time to {goal} {comparison.Request.TargetSplit.Split} {comparison.Metric.Name}", "No compared trial met the target.");
            yield break;
        }

        var clocks = Clock.All.Select(clock => (Clock: clock, Times: comparison.Times(clock).ToDictionary(x => x.Optimizer))).ToList();
        var horizon = string.Join(", ", clocks.Where(x => x.Times.Count > 0).Select(x => $"{Cells.Number(x.Times.Values.First().Mean.Horizon)} {x.Clock.Name}"));
        yield return new($"Time to {goal} {comparison.Request.TargetSplit.Split} {comparison.Metric.Name}",
            "Median, and mean within the common horizon with its 95 % interval; a time is that of the evaluation that met the target. A trial that missed the target is censored, one that diverged never reaches it; no number "
            + $"takes their place. Horizon: {horizon}.",
            [new("Optimizer", false), new("Reached"), new("Diverged"), .. clocks.Select(x => new PageColumn($"{x.Clock.Name}: median")), new("steps: mean"), new("Interval")],
            [
                .. steps.OrderBy(x => x.Mean.Mean).Select(x => (IReadOnlyList<string>)
                [
                    x.Optimizer.Label, $"{x.Reached} of {x.Curve.Trials.Count}", $"{x.Diverged}",
                    .. clocks.Select(clock => Cells.Number(clock.Times.GetValueOrDefault(x.Optimizer)?.Median)), Cells.Number(x.Mean.Mean), Between(x.MeanInterval),
                ]),
            ]);
    }

    static string Between(Interval? interval) => interval is { } x ? $"{Cells.Number(x.Lower)} … {Cells.Number(x.Upper)}" : SummaryText.None;
}
