using Descent.Autodiff;
using Descent.Tensors;

namespace Descent.Layers;

/// <summary>What a layer is given for one recording, beside its input.</summary>
/// <param name="Parameters">The tensors of <see cref="ILayer.Parameters"/>, in their order.</param>
/// <param name="Statistics">The tensors of <see cref="ILayer.Statistics"/>, in their order.</param>
/// <param name="Position">Where in a training each replay will stand.</param>
/// <param name="Number">The place of the layer in its model: no two draw the same random numbers.</param>
public sealed record LayerPass<T>(Tape<T> Tape, IReadOnlyList<Tensor<T>> Parameters, IReadOnlyList<Tensor<T>> Statistics, Mode Mode, StepPosition Position, int Number)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The second input of a layer that has one (the shortcut of a residual block).</summary>
    public Tensor<T>? Shortcut { get; init; }
}
