using Descent.Tensors;

namespace Descent.Training;

/// <summary>How widely the values of a weight scatter.</summary>
/// <param name="Name">As in <c>fc1.weight</c>.</param>
/// <param name="Deviation">√(Σ (wᵢ − w̄)² / n) over its n values.</param>
public sealed record WeightDeviation(string Name, double Deviation)
{
    internal static IReadOnlyList<WeightDeviation> Of<T>(Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. parameters.Slots.Where(slot => slot.Info.Shape.Rank > 1).Select(slot => new WeightDeviation(slot.Name, Scatter<T>(slot.Value.Span)))];

    static double Scatter<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double mean = 0, squares = 0;
        foreach (var value in values)
        {
            mean += double.CreateTruncating(value) / values.Length;
        }

        foreach (var value in values)
        {
            double difference = double.CreateTruncating(value) - mean;
            squares += difference * difference;
        }

        return Math.Sqrt(squares / values.Length);
    }
}
