using Descent.Studies.Charts;
using Descent.Studies.Statistics;
using Descent.Studies.Statistics.Intervals;

namespace Descent.Studies.Comparisons.Sections;

/// <summary>Numbers as the page's tables have them.</summary>
static class Cells
{
    public static string Percent(double fraction) => double.IsFinite(fraction) ? Numbers.Fixed(100 * fraction, 2) : SummaryText.None;

    public static string Text(Interval? interval) => interval is not { } x ? "" : $"{Percent(x.Lower)} … {Percent(x.Upper)}";

    public static string Probability(double p) => p < 0.001 ? "< 0.001" : Numbers.Fixed(p, 3);

    public static string Number(double? value) => value is { } number && !double.IsNaN(number) ? Numbers.Significant(number, 3) : SummaryText.None;
}
