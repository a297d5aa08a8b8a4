namespace Descent.Data;

/// <summary>Values of images or of rows of a table that are no bytes, in the precision in which they came.</summary>
public sealed class RealValues
{
    readonly float[]? singles;
    readonly double[]? doubles;

    /// <summary>Takes the array as it is, without a copy.</summary>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public RealValues(float[] values)
    {
        singles = values;
        RequireFinite(Array.FindIndex(values, value => !float.IsFinite(value)));
    }

    /// <inheritdoc cref="RealValues(float[])"/>
    public RealValues(double[] values)
    {
        doubles = values;
        RequireFinite(Array.FindIndex(values, value => !double.IsFinite(value)));
    }

    public int Length => singles?.Length ?? doubles!.Length;

    public double this[int index] => singles is not null ? singles[index] : doubles![index];

    static void RequireFinite(int place)
    {
        if (place >= 0)
        {
            throw new ArgumentException($"Value {place} is not finite.");
        }
    }
}
