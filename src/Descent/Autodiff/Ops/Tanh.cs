using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = tanh x; dx = dy·(1 − y²).</summary>
    [Op("tanh")]
    public Tensor<T> Tanh(Tensor<T> x) =>
        Unary("tanh", x, HyperbolicTangent.Tanh, (y, dy) => [() => Subtract(dy, Multiply(dy, Square(y)))]);
}
