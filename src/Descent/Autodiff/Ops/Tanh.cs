using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = tanh x; dx = dy·(1 − y²).</summary>
    [Op("tanh")]
    public Tensor<T> Tanh(Tensor<T> x) =>
        Unary("tanh", x, TensorPrimitives.Tanh, (y, dy) => [() => Subtract(dy, Multiply(dy, Multiply(y, y)))]);
}
