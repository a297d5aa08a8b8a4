namespace Descent.Data;

/// <summary>The numbers that a model should give for each image, where it is to give numbers and not a class.</summary>
public sealed class NumberTargets
{
    readonly double[] values;

    /// <summary>Takes the array as it is, without a copy.</summary>
    /// <param name="values">[N, width], row-major, all finite.</param>
    /// <param name="names">Of each column.</param>
    public NumberTargets(double[] values, IReadOnlyList<string> names)
    {
        if (names.Count == 0 || values.Length % names.Count != 0 || !values.All(double.IsFinite))
        {
            throw new ArgumentException($"{values.Length} finite numbers in {names.Count} columns are needed.", nameof(values));
        }

        (this.values, Names) = (values, names);
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Numbers an image.</summary>
    public int Width => Names.Count;

    public int Count => values.Length / Width;

    public ReadOnlySpan<double> Row(int image) => values.AsSpan(image * Width, Width);

    /// <summary>Over some images, the squares of the distances from the mean of each column, added.</summary>
    public double SumOfSquares(ReadOnlySpan<int> images)
    {
        double sum = 0;
        for (int column = 0; column < Width; column++)
        {
            double mean = 0;
            foreach (int image in images)
            {
                mean += Row(image)[column] / images.Length;
            }

            foreach (int image in images)
            {
                sum += Math.Pow(Row(image)[column] - mean, 2);
            }
        }

        return sum;
    }
}
