using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = x²; dx = 2·dy·x.</summary>
    [Op("square")]
    public Tensor<T> Square(Tensor<T> x) =>
        Unary("square", x, static (from, to) => TensorPrimitives.Multiply(from, from, to), (_, dy) => [() => Scale(Multiply(dy, x), 2)]);

    /// <summary>y = √x; dx = dy/(2y), so ∞ at x = 0.</summary>
    [Op("sqrt")]
    public Tensor<T> Sqrt(Tensor<T> x) => Unary("sqrt", x, TensorPrimitives.Sqrt, (y, dy) => [() => Scale(Divide(dy, y), 0.5)]);
}
