using Descent.Tensors;

namespace Descent.Formats;

/// <summary>Numbers in memory that have a name in files: a parameter, or a state of an optimizer that follows one.</summary>
/// <param name="Name">In files.</param>
/// <param name="Parameter">Says how the numbers are laid out.</param>
/// <param name="Values">The numbers, as many as the parameter has.</param>
public sealed record NamedTensor<T>(string Name, ParameterInfo Parameter, Tensor<T> Values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A copy for a file, in PyTorch's layout.</summary>
    public NamedArray ToArray()
    {
        var values = new T[Parameter.Shape.Count];
        PyTorchLayout.ToPyTorch(Parameter, Values.Span, values);
        return NamedArray.Copy<T>(Name, PyTorchLayout.ShapeOf(Parameter), values);
    }

    /// <summary>Takes the numbers of a file, whose shape and type have been compared.</summary>
    internal void Take(NamedArray array) => PyTorchLayout.FromPyTorch(Parameter, array.Values<T>(), Values.Span);
}

/// <summary>Brings numbers from files to their places.</summary>
public static class NamedTensors
{
    /// <summary>The parameters and running statistics of a model under their own names.</summary>
    public static IReadOnlyList<NamedTensor<T>> Of<T>(Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
    [
        .. parameters.Slots.Select(slot => new NamedTensor<T>(slot.Name, slot.Info, slot.Value)),
        .. parameters.Statistics.Select(statistic => new NamedTensor<T>(statistic.Name, statistic.Info, statistic.Value)),
    ];

    /// <summary>Copies each array to the tensor of its name, after all of them were found to fit: none missing, none too many, shapes and types as needed.</summary>
    /// <param name="source">What the message calls the arrays: <c>weights.safetensors</c>.</param>
    /// <exception cref="BadInputException">They do not fit; the message lists what differs.</exception>
    public static void Take<T>(this IReadOnlyList<NamedTensor<T>> tensors, IReadOnlyList<NamedArray> arrays, string source)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArrayMismatch.Require(source, arrays, [.. tensors.Select(one => (one.Name, PyTorchLayout.ShapeOf(one.Parameter)))], ElementTypes.Of<T>());
        var byName = arrays.ToDictionary(array => array.Name);
        foreach (var tensor in tensors)
        {
            tensor.Take(byName[tensor.Name]);
        }
    }
}
