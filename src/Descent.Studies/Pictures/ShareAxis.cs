using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>An axis for bars of accuracies from nothing to all, so that none is exaggerated.</summary>
static class ShareAxis
{
    /// <summary>From 0 to 100 %; from below where a value is negative, as R² is of an answer worse than the mean.</summary>
    public static Axis Of(IEnumerable<double> values) =>
        new() { Format = ValueFormat.Percent, Minimum = values.Any(value => value < 0) ? null : 0, Maximum = 1 };
}
