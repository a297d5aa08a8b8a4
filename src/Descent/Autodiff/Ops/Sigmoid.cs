using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = 1/(1 + e⁻ˣ); dx = dy·(y − y²).</summary>
    [Op("sigmoid")]
    public Tensor<T> Sigmoid(Tensor<T> x) =>
        Unary("sigmoid", x, TensorPrimitives.Sigmoid, (y, dy) => [() => Multiply(dy, Subtract(y, Square(y)))]);
}
