using Descent.Tensors;

namespace Descent.Layers;

/// <summary>What one parameter's first numbers are drawn from: a normal distribution around 0, a uniform one, or nothing but a constant.</summary>
readonly record struct StartValues
{
    readonly double deviation;
    readonly double bound;
    readonly double constant;

    StartValues(double deviation, double bound, double constant) => (this.deviation, this.bound, this.constant) = (deviation, bound, constant);

    public static StartValues Constant(double value) => new(0, 0, value);

    /// <summary>N(0, deviation²).</summary>
    public static StartValues Normal(double deviation) => new(deviation, 0, 0);

    /// <summary>U(−bound, bound).</summary>
    public static StartValues Uniform(double bound) => new(0, bound, 0);

    public void Fill<T>(Span<T> values, ref RandomStream stream) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ref T value in values)
        {
            double drawn = deviation > 0 ? deviation * stream.NextNormal() : bound > 0 ? bound * ((2 * stream.NextDouble()) - 1) : constant;
            value = T.CreateTruncating(drawn);
        }
    }
}
