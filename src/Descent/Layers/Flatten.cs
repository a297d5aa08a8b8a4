using Descent.Tensors;

namespace Descent.Layers;

/// <summary>An image [H, W, C] as a vector, on the same memory. (The order is another one than PyTorch's, which has channels first: files hold PyTorch's.)</summary>
public sealed class Flatten : ILayer
{
    public string Kind => "flatten";

    public bool IsView => true;

    public Shape Output(Shape input) => new(input.Count);

    public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        pass.Tape.Reshape(x, new Shape(x.Shape[0], x.Count / x.Shape[0]));
}
