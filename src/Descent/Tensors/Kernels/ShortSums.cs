namespace Descent.Tensors.Kernels;

/// <summary>Sums of squares whose rounding stays small: in the numbers' own type over short runs, in double from run to run.</summary>
static class ShortSums
{
    const int Run = 1024;

    public static double OfSquares<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int start = 0; start < x.Length; start += Run)
        {
            sum += double.CreateTruncating(TensorPrimitives.SumOfSquares(x.Slice(start, Math.Min(Run, x.Length - start))));
        }

        return sum;
    }

    public static double InOrder(double[] parts)
    {
        double sum = 0;
        foreach (double part in parts)
        {
            sum += part;
        }

        return sum;
    }
}
