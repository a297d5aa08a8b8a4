using Descent.Tensors;

namespace Descent.Layers;

/// <summary>Images in another size by bilinear interpolation, channel by channel: torch.nn.Upsample(size, mode='bilinear'), which makes them smaller as well (without a
/// filter against aliasing).</summary>
/// <param name="height">At least 1.</param>
/// <param name="width">At least 1.</param>
public sealed class Resize(int height, int width) : ILayer
{
    public string Kind => $"resize {height}×{width}";

    public Shape Output(Shape input) => input.Rank == 3 ? new Shape(height, width, input[2])
        : throw new ArgumentException($"resize: an image [height, width, channels] is needed, got {input}.");

    public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => pass.Tape.Resize(x, height, width);
}
