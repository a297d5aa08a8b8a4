using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = a − b, of equal shapes; da = dy, db = −dy.</summary>
    [Op("subtract")]
    public Tensor<T> Subtract(Tensor<T> a, Tensor<T> b) =>
        Binary("subtract", a, b, TensorPrimitives.Subtract, (_, dy) => [() => dy, () => Negate(dy)]);

    /// <summary>y = −x; dx = −dy.</summary>
    [Op("negate")]
    public Tensor<T> Negate(Tensor<T> x) => Unary("negate", x, TensorPrimitives.Negate, (_, dy) => [() => Negate(dy)]);
}
