using Descent.Tensors;

namespace Descent.Layers;

/// <summary>One layer of a model: a function of a batch and of the layer's parameters. It holds no numbers, so it serves float and double alike.</summary>
public interface ILayer
{
    /// <summary>What it is, as lists show it: <c>linear</c>, <c>relu</c>.</summary>
    string Kind { get; }

    /// <summary>Its parameters under their names within the layer (<c>weight</c>, <c>bias</c>), in PyTorch's order.</summary>
    IReadOnlyList<ParameterInfo> Parameters => [];

    /// <summary>Its running statistics under their names within the layer (<c>running_mean</c>), in PyTorch's order.</summary>
    IReadOnlyList<ParameterInfo> Statistics => [];

    /// <summary>Whether the output is the input's memory in another shape.</summary>
    bool IsView => false;

    /// <summary>The shape of one image's output from that of its input, both without the batch's axis.</summary>
    /// <exception cref="ArgumentException">The layer does not take this shape.</exception>
    Shape Output(Shape input);

    /// <summary>Floating-point operations of the forward pass of one image: 2 for each multiply-add of a product. Element-wise passes count nothing.</summary>
    long Flops(Shape input) => 0;

    /// <summary>One layer that does this one's and the <paramref name="next"/> one's work in one pass, or null where there is none. It has the parameters
    /// and statistics of this one.</summary>
    ILayer? FuseWith(ILayer next) => null;

    /// <summary>The output [N, …] for the input [N, …].</summary>
    Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
