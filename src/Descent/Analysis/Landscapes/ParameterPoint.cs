using Descent.Tensors;

namespace Descent.Analysis;

/// <summary>A copy of a model's parameters and running statistics.</summary>
/// <param name="Values">In their order in memory.</param>
/// <param name="Statistics">Of each normalization layer, in the model's order.</param>
public sealed record ParameterPoint<T>(T[] Values, IReadOnlyList<T[]> Statistics) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The values in double.</summary>
    public double[] ToDoubles() => LandscapeDirections.Doubles<T>(Values);

    /// <summary>The L2 norm of the values.</summary>
    public double Norm() => LandscapeDirections.Norm<T>(Values);

    public void CopyTo(Parameters<T> parameters)
    {
        Values.CopyTo(parameters.Values.Span);
        for (int i = 0; i < Statistics.Count; i++)
        {
            Statistics[i].CopyTo(parameters.Statistics[i].Value.Span);
        }
    }
}

/// <summary>Takes copies of parameters.</summary>
public static class ParameterPoint
{
    public static ParameterPoint<T> Of<T>(Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(parameters.Values.Span.ToArray(), [.. parameters.Statistics.Select(one => one.Value.Span.ToArray())]);
}
