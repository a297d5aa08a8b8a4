namespace Descent.Tensors;

/// <summary>One parameter: its numbers and its gradient, both parts of the model's buffers.</summary>
/// <param name="Start">The first element in the buffers of <see cref="Parameters{T}"/>.</param>
public sealed record Parameter<T>(ParameterInfo Info, int Start, Tensor<T> Value, Tensor<T> Gradient)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public string Name => Info.Name;

    public int Count => Value.Count;
}
