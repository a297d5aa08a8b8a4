using Descent.Tensors;

namespace Descent.Layers;

/// <summary>The largest number of each window of an image, channel by channel: torch.nn.MaxPool2d. The stride is the size unless given.</summary>
public sealed class MaxPool2d(int size, int? stride = null, int padding = 0) : ILayer
{
    public string Kind => $"max_pool2d {Window}";

    internal PoolingWindow Window { get; } = new(size, stride ?? size, padding);

    public Shape Output(Shape input) => Window.Output("max_pool2d", input);

    public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        pass.Tape.MaxPool2d(x, Window.Size, Window.Stride, Window.Padding);
}
