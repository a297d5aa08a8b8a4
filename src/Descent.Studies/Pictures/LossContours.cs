using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>Losses over a plane as contours, so spaced that valley and slope can both be seen.</summary>
static class LossContours
{
    const int Lines = 16;

    /// <summary>Where half of the window lies below this share of the highest loss, heights are spaced by their logarithm.</summary>
    const double Skewed = 0.25;

    /// <param name="losses">A row for each y. What is not finite counts as higher than everything.</param>
    public static ContourTrace Of(double[] x, double[] y, IReadOnlyList<double[]> losses)
    {
        double[] sorted = [.. losses.SelectMany(row => row).Where(double.IsFinite).Order()];
        double least = sorted[0], highest = sorted[^1], middle = sorted[sorted.Length / 2];
        bool isSkewed = middle - least < Skewed * (highest - least);

        // The lowest hundredth of the window is the unit below which the logarithm turns into a line.
        double unit = Math.Max(sorted[sorted.Length / 100] - least, 1e-6 * (highest - least));
        Func<double, double> height = isSkewed ? loss => Math.Log10(1 + ((loss - least) / unit)) : loss => loss;
        double low = height(least), size = (height(highest) - low) / (Lines + 1);
        return new()
        {
            Name = isSkewed ? $"log(1 + (loss − {Numbers.Significant(least, 3)})/{Numbers.Significant(unit, 2)})" : "loss",
            X = x,
            Y = y,
            Z = [.. losses.Select(row => Column.Of(Array.ConvertAll(row, loss => height(loss))))],
            Contours = size > 0 ? new(low + size, low + (Lines * size), size) : new(low, low, 1),
            ShowsLegend = false,
        };
    }
}
