using Descent.Tensors;

namespace Descent.Layers;

/// <summary>The mean of each channel over all pixels, [H, W, C] to [C]: torch.nn.AdaptiveAvgPool2d(1) and a flatten.</summary>
public sealed class GlobalAveragePool2d : ILayer
{
    public string Kind => "global_average_pool2d";

    public Shape Output(Shape input) => input.Rank == 3 ? new Shape(input[2])
        : throw new ArgumentException($"global_average_pool2d: an image [height, width, channels] is needed, got {input}.");

    public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => pass.Tape.GlobalAveragePool2d(x);
}
