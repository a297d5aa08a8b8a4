using Descent.Tensors;

namespace Descent.Layers;

/// <summary>The largest number of each window of an image, channel by channel: torch.nn.MaxPool2d. The stride is the size unless given.</summary>
public sealed class MaxPool2d(int size, int? stride = null, int padding = 0) : ILayer
{
    readonly PoolingWindow window = new(size, stride ?? size, padding);

    public string Kind => $"max_pool2d {window}";

    public Shape Output(Shape input) => window.Output("max_pool2d", input);

    public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        pass.Tape.MaxPool2d(x, window.Size, window.Stride, window.Padding);
}
