namespace Descent.Tensors.Kernels;

/// <summary>Holds the gradient of every unit of a model to a share of the unit's own norm, in place, and sums the squares of what is left: one
/// pass over parameters and gradients.</summary>
/// <remarks>Units are rows of a weight [out, …], or a whole parameter of one axis. Made once and run every step without an allocation; the
/// chunks are whole units, their number depends on the shapes alone.</remarks>
public sealed class UnitLimits<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int ElementsPerChunk = 1 << 14;

    readonly Parameters<T> parameters;
    readonly double share, floor;
    readonly (int Start, int Length, bool IsLimited)[] units;
    readonly int[] firstUnits;
    readonly double[] partial;
    readonly Work work;

    /// <param name="parameters">Values and gradients.</param>
    /// <param name="share">A unit's gradient may be as long as this share of the unit.</param>
    /// <param name="floor">A unit shorter than this counts as this long.</param>
    /// <param name="isLimited">False for parameters whose gradient is left alone.</param>
    public UnitLimits(Parameters<T> parameters, double share, double floor, Func<ParameterInfo, bool> isLimited)
    {
        (this.parameters, this.share, this.floor) = (parameters, share, floor);
        units = [.. parameters.Slots.SelectMany(slot => UnitsOf(slot, isLimited(slot.Info)))];
        firstUnits = [.. Chunks()];
        partial = new double[firstUnits.Length - 1];
        work = new Work(partial.Length, RunChunk);
    }

    /// <returns>Σ g² over all gradients, afterwards.</returns>
    public double Run(Executor executor)
    {
        executor.Run(work);
        return ShortSums.InOrder(partial);
    }

    static IEnumerable<(int, int, bool)> UnitsOf(Parameter<T> slot, bool isLimited)
    {
        var shape = slot.Info.Shape;
        int count = shape.Rank > 1 ? shape[0] : 1, length = shape.Count / count;
        return Enumerable.Range(0, count).Select(unit => (slot.Start + (unit * length), length, isLimited));
    }

    /// <summary>The first unit of each chunk, and the number of units.</summary>
    IEnumerable<int> Chunks()
    {
        for (int unit = 0, elements = ElementsPerChunk; unit < units.Length; unit++)
        {
            if (elements >= ElementsPerChunk)
            {
                yield return unit;
                elements = 0;
            }

            elements += units[unit].Length;
        }

        yield return units.Length;
    }

    void RunChunk(int chunk)
    {
        double sum = 0;
        for (int i = firstUnits[chunk]; i < firstUnits[chunk + 1]; i++)
        {
            var (start, length, isLimited) = units[i];
            var gradient = parameters.Gradients.Span.Slice(start, length);
            double squares = ShortSums.OfSquares<T>(gradient);
            if (isLimited)
            {
                double size = Math.Sqrt(ShortSums.OfSquares<T>(parameters.Values.Span.Slice(start, length)));
                double limit = share * Math.Max(size, floor), norm = Math.Sqrt(squares);
                if (norm > limit)
                {
                    TensorPrimitives.Multiply(gradient, T.CreateTruncating(limit / norm), gradient);
                    squares = limit * limit;
                }
            }

            sum += squares;
        }

        partial[chunk] = sum;
    }
}
