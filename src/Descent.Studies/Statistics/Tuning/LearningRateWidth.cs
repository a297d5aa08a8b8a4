namespace Descent.Studies.Statistics.Tuning;

/// <summary>How wide the learning rates lie at which an optimizer is within δ of its best.</summary>
/// <param name="Lower">Where the score rises above best − δ, by interpolation in the logarithm of the rate.</param>
/// <param name="Upper">Where it falls below.</param>
/// <param name="IsOpenBelow">The smallest rate tried is still within δ: the true end lies below.</param>
/// <param name="IsOpenAbove">The largest rate tried is still within δ: the true end lies above.</param>
public sealed record LearningRateWidth(double Lower, double Upper, bool IsOpenBelow, bool IsOpenAbove)
{
    /// <summary>log₁₀ of the ratio of the ends.</summary>
    public double Decades => Math.Log10(Upper / Lower);

    /// <summary>Around the best rate, to where the score first leaves δ to either side. Between a rate that is within and one that diverged the end is the last
    /// rate within.</summary>
    /// <param name="scores">Rates above 0 with their scores, higher is better, NaN for one that diverged; of several scores of one rate the best counts.</param>
    /// <returns>Null with fewer than two rates, or without any score.</returns>
    public static LearningRateWidth? Of(IEnumerable<(double Rate, double Score)> scores, double delta)
    {
        var points = scores.Where(x => x.Rate > 0).GroupBy(x => x.Rate)
            .Select(same => (Rate: same.Key, Score: same.Select(x => x.Score).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max())).OrderBy(x => x.Rate).ToList();
        if (points.Count < 2 || points.TrueForAll(x => double.IsNaN(x.Score)))
        {
            return null;
        }

        int best = points.Index().Where(x => !double.IsNaN(x.Item.Score)).MaxBy(x => x.Item.Score).Index;
        double level = points[best].Score - delta;
        var (lower, isOpenBelow) = End(points, best, -1, level);
        var (upper, isOpenAbove) = End(points, best, 1, level);
        return new(lower, upper, isOpenBelow, isOpenAbove);
    }

    static (double Rate, bool IsOpen) End(List<(double Rate, double Score)> points, int best, int direction, double level)
    {
        int within = best;
        while (within + direction >= 0 && within + direction < points.Count && points[within + direction].Score >= level)
        {
            within += direction;
        }

        int beyond = within + direction;
        if (beyond < 0 || beyond >= points.Count)
        {
            return (points[within].Rate, true);
        }

        double share = (points[within].Score - level) / (points[within].Score - points[beyond].Score);
        return (double.IsNaN(share) ? points[within].Rate : points[within].Rate * Math.Pow(points[beyond].Rate / points[within].Rate, share), false);
    }
}
