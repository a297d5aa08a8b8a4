namespace Descent.Tensors;

/// <summary>One running statistic of a normalization layer: its numbers, which belong to the model and are not trained.</summary>
public sealed record Statistic<T>(ParameterInfo Info, Tensor<T> Value) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public string Name => Info.Name;
}
