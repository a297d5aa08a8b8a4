using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = eˣ; dx = dy·y.</summary>
    [Op("exp")]
    public Tensor<T> Exp(Tensor<T> x) => Unary("exp", x, TensorPrimitives.Exp, (y, dy) => [() => Multiply(dy, y)]);

    /// <summary>y = ln x; dx = dy/x.</summary>
    [Op("log")]
    public Tensor<T> Log(Tensor<T> x) => Unary("log", x, TensorPrimitives.Log, (_, dy) => [() => Divide(dy, x)]);
}
