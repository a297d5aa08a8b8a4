using Descent.Studies.Charts;
using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Tuning;

namespace Descent.Studies.Comparisons.Sections;

/// <summary>What tuning costs, and how much room it leaves.</summary>
static class TuningSections
{
    static readonly int[] budgets = [1, 5, 25];

    public static IEnumerable<PageSection> Of(Comparison comparison)
    {
        var tuning = comparison.Tuning;
        int most = tuning.Max(x => x.Curve.Count);
        if (most < 2)
        {
            yield break;
        }

        int[] told = [.. budgets.Append(tuning.Min(x => x.Curve.Count)).Where(k => k <= most && k >= 1).Distinct().Order()];
        yield return new("Tuning cost",
            $"{Capital(comparison.ChosenBy.Split)} {comparison.Metric.Name} in percent that the best of k settings has on average, and the band in which it lies four times in five, if the k are "
            + $"taken at random from those that were run. {string.Join(" ", told.Select(k => Choice(tuning, k)))}",
            [new("Optimizer", false), new("Settings"), .. told.SelectMany(k => (PageColumn[])[new($"k = {k}"), new("Band")])],
            [
                .. tuning.Select(x => (IReadOnlyList<string>)
                    [x.Label, $"{x.Curve.Count}", .. told.SelectMany(k => k <= x.Curve.Count ? Point(x.Curve[k - 1]) : [SummaryText.None, ""])]),
            ]);
        yield return new("Robustness",
            $"Width: the learning rates around the best at which the {comparison.Metric.Name} is within {ComparedMetric.Points(comparison.Request.Delta)} of it, in powers of ten; > where it goes on beyond the "
            + "rates that were tried. Where other values vary too, each rate counts by its best setting.",
            [new("Optimizer", false), new("Width"), new("From"), new("To"), new("Within δ"), new("Diverged")],
            [
                .. tuning.Select(x => (IReadOnlyList<string>)
                [
                    x.Label, x.Width is { } width ? $"{(width.IsOpenBelow || width.IsOpenAbove ? "> " : "")}{Numbers.Fixed(width.Decades, 2)}" : SummaryText.None,
                    x.Width is { } from ? $"{(from.IsOpenBelow ? "< " : "")}{Cells.Number(from.Lower)}" : "", x.Width is { } to ? $"{(to.IsOpenAbove ? "> " : "")}{Cells.Number(to.Upper)}" : "",
                    Numbers.Percent(x.Within, 0), Numbers.Percent(x.Diverged, 0),
                ]),
            ]);
    }

    static string Choice(IReadOnlyList<TuningCost> tuning, int k)
    {
        var best = tuning.Where(x => x.Curve.Count >= k && double.IsFinite(x.Curve[k - 1].Expected)).MaxBy(x => x.Curve[k - 1].Expected);
        return best is null ? "" : $"With {Verdict.Count(k, "trial")} choose {best.Label}.";
    }

    static IEnumerable<string> Point(BestAfterTrials point) =>
        [Cells.Percent(point.Expected), $"{Cells.Percent(point.Lower)} … {Cells.Percent(point.Upper)}"];

    static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
